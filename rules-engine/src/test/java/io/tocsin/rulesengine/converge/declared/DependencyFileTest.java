package io.tocsin.rulesengine.converge.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.rulesengine.converge.ConvergePolicy.Dependency;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DependencyFileTest {

    @Test
    void eachElementDependsOnEachThatIsNamed() {
        assertThat(DependencyFile.parse("d.yaml", """
                dependencies:
                  - element: shop
                    depends_on: [mainframe, rack-12]
                  - {element: web, depends_on: [shop]}
                """))
                .containsExactly(
                        new Dependency("shop", "mainframe"),
                        new Dependency("shop", "rack-12"),
                        new Dependency("web", "shop"));
    }

    @Test
    void anEmptyOrAbsentFileDeclaresNothing() {
        assertThat(DependencyFile.parse("d.yaml", "")).isEmpty();
        assertThat(DependencyFile.read(Path.of("does-not-exist.yaml"))).isEmpty();
    }

    @Test
    void mistakesAreNamedWithTheirPlace() {
        assertThatThrownBy(() -> DependencyFile.parse("d.yaml", """
                dependencies:
                  - element: shop
                    depend_on: [mainframe]
                """))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("d.yaml:3:5");
        assertThatThrownBy(() -> DependencyFile.parse("d.yaml", "dependencies: [{element: shop, depends_on: [shop]}]"))
                .hasMessageContaining("shop cannot depend on itself");
    }
}
