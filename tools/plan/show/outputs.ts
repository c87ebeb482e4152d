import { renderPath, type Path } from "../../../simulator/paths.ts";
import { isList, isObject } from "../mask.ts";
import type { Json, Plan } from "../model.ts";
import { show, tableOf, type Paint } from "./paint.ts";

/** What the stack would put out, a line for each value. */
export function showOutputs({ outputs }: Plan, width: number, paint: Paint): string {
    const rows = leaves(outputs.values, []).map(
        ([path, value]) => [path, show(value, paint)] as const,
    );
    if (rows.length === 0) return "";
    const first = Math.max(...rows.map(([path]) => path.length), "output".length);
    const widths = [first + 2, Math.max(20, width - first - 7) + 2];
    return `${paint.bold("Outputs")}\n${tableOf(["output", "value"], rows, { widths })}`;
}

function leaves(value: Json, path: Path): readonly (readonly [string, Json])[] {
    const inner: readonly (readonly [string | number, Json])[] = isList(value)
        ? value.map((item, index) => [index, item])
        : isObject(value)
          ? Object.entries(value)
          : [];
    if (inner.length === 0) return path.length === 0 ? [] : [[renderPath(path), value]];
    return inner.flatMap(([key, item]) => leaves(item, [...path, key]));
}
