import type { Plan, SettingRow } from "../model.ts";
import { show, tableOf, type Paint } from "./paint.ts";

/** The settings that the stack's file says, and how many follow from elsewhere. */
export function showSettings({ settings, stack }: Plan, width: number, paint: Paint): string {
    const { stack: ofStack, sites } = settings;
    const said = ({ origin }: SettingRow) => origin === "stack" || origin === "site";
    const all: readonly (readonly [string, SettingRow])[] = [
        ...ofStack.map((row) => ["", row] as const),
        ...Object.entries(sites).flatMap(([site, rows]) => rows.map((row) => [site, row] as const)),
    ];
    if (all.length === 0) return "";
    const rows = all
        .filter(([, row]) => said(row))
        .map(([site, { setting, value }]) => [site, setting, show(value, paint)]);
    const widest = (column: number, head: string) =>
        Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0));
    const widths = [widest(0, "site"), widest(1, "setting")];
    const rest = Math.max(20, width - widths.reduce((sum, one) => sum + one, 0) - 10);
    const others = (["profile", "default"] as const)
        .map((origin) => `${all.filter(([, row]) => row.origin === origin).length} by ${origin}`)
        .join(", ");
    return [
        paint.bold("Settings of the stack's file"),
        tableOf(["site", "setting", "value"], rows, {
            widths: [...widths, rest].map((one) => one + 2),
        }),
        `Besides ${others}: npm run settings -- --stack ${stack}`,
    ].join("\n");
}
