# Sets JAVA_25_HOME to a JDK 25 or newer, or leaves it empty. Sourced by ./mvnw and ./tocsin.
jdk_major() {
  if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  fi
}

find_jdk() {
  for candidate in "${TOCSIN_JAVA_HOME:-}" "${JAVA_HOME:-}" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    major=$(jdk_major "$candidate")
    if [ -n "$major" ] && [ "$major" -ge 25 ]; then
      echo "$candidate"
      return
    fi
  done
}

JAVA_25_HOME=$(find_jdk)
