import type { Origin } from "../../../components/settings/types.ts";
import type { Plan, SettingRow } from "../model.ts";
import { show, tableOf, type Paint } from "./paint.ts";

/** The settings that the stack's file says; with details, those of the profile too. */
export function showSettings(
    { settings, stack }: Plan,
    details: boolean,
    width: number,
    paint: Paint,
): string {
    const all: readonly (readonly [string, SettingRow])[] = [
        ...settings.stack.map((row) => ["", row] as const),
        ...Object.entries(settings.sites).flatMap(([site, rows]) =>
            rows.map((row) => [site, row] as const),
        ),
    ];
    if (all.length === 0) return "";
    const hidden: readonly Origin[] = details ? ["default"] : ["profile", "default"];
    const rows = all
        .filter(([, { origin }]) => !hidden.includes(origin))
        .map(([site, { setting, value, origin }]) => [site, setting, show(value, paint), origin]);
    const widest = (column: number, head: string) =>
        Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)) + 2;
    const [site, setting, from] = [widest(0, "site"), widest(1, "setting"), widest(3, "from")];
    const widths = [site, setting, Math.max(22, width - site - setting - from - 5), from];
    const others = hidden
        .map((origin) => `${all.filter(([, row]) => row.origin === origin).length} by ${origin}`)
        .join(", ");
    return [
        paint.bold(
            details ? "Settings that differ from the defaults" : "Settings of the stack's file",
        ),
        tableOf(["site", "setting", "value", "from"], rows, { widths }),
        `Besides ${others}: npm run settings -- --stack ${stack}`,
    ].join("\n");
}
