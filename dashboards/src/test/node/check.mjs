// Writes the dashboards named on the command line as TypeScript against Grafana's own types and lets the compiler check them:
// a field that the schema does not have, or a value that it does not allow, is an error with its place.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const KINDS = { timeseries: "TimeSeries", stat: "Stat", table: "Table", bargauge: "BarGauge", nodeGraph: "NodeGraph" };
const module_ = (kind) => `@grafana/schema/dist/esm/raw/composable/${kind.toLowerCase()}/panelcfg/x/${kind}PanelCfg_types.gen`;

const lines = ['import type { Dashboard } from "@grafana/schema";'];
for (const kind of Object.values(KINDS)) lines.push(`import type * as ${kind} from "${module_(kind)}";`);
lines.push('import type { FieldConfig as TimeSeriesFields } from "' + module_("TimeSeries") + '";');
// Files have the values of enumerations, not their names.
lines.push("type Plain<T> = T extends string ? `${T}` : T extends (infer U)[] ? Plain<U>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;");

let panels = 0;
for (const file of process.argv.slice(2)) {
  const dashboard = JSON.parse(readFileSync(file, "utf8"));
  // What a data source is asked is its own business: of annotations the schema has only the frame.
  for (const one of dashboard.annotations.list) one.target = { refId: one.target.refId };
  lines.push(`// ${file}`, `(${JSON.stringify(dashboard, null, 1)}) satisfies Plain<Dashboard>;`);
  for (const panel of dashboard.panels.filter((one) => one.type !== "row")) {
    const kind = KINDS[panel.type];
    if (!kind) throw new Error(`${file}: no schema is known for panels of type ${panel.type}`);
    lines.push(`// ${file}: ${panel.title}`, `(${JSON.stringify(panel.options)}) satisfies Plain<Partial<${kind}.Options>>;`);
    if (panel.fieldConfig.defaults.custom && panel.type === "timeseries") {
      lines.push(`(${JSON.stringify(panel.fieldConfig.defaults.custom)}) satisfies Plain<TimeSeriesFields>;`);
    }
    panels++;
  }
}
writeFileSync("check.ts", lines.join("\n") + "\n");
execFileSync("npx", ["tsc", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext", "check.ts"], { stdio: "inherit" });
console.log(`${process.argv.length - 2} dashboards, ${panels} panels agree with Grafana's schema`);
