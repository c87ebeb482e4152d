import type { Finding, Json, Message, Plan, PlannedSettings, SettingRow } from "../model.ts";
import { compare } from "../order.ts";
import type { FindingChanges, SettingChange } from "./model.ts";

/** The findings that come and go. One whose state changes does both. */
export function findingChanges(
    base: readonly Finding[],
    head: readonly Finding[],
    renamed: ReadonlyMap<string, string>,
): FindingChanges {
    const key = ({ rule, urn, path, state }: Finding) =>
        JSON.stringify([rule, renamed.get(urn) ?? urn, path, state]);
    const without = (all: readonly Finding[], others: readonly Finding[]) => {
        const known = new Set(others.map(key));
        return all.filter((one) => !known.has(key(one)));
    };
    return { appeared: without(head, base), resolved: without(base, head) };
}

/** The settings whose effective value differs, whatever it comes from. */
export function settingChanges(
    base: PlannedSettings,
    head: PlannedSettings,
): readonly SettingChange[] {
    const sites = [...new Set([...Object.keys(base.sites), ...Object.keys(head.sites)])];
    return [
        ...rowChanges("", base.stack, head.stack),
        ...sites
            .sort(compare)
            .flatMap((site) => rowChanges(site, base.sites[site] ?? [], head.sites[site] ?? [])),
    ];
}

function rowChanges(
    site: string,
    base: readonly SettingRow[],
    head: readonly SettingRow[],
): readonly SettingChange[] {
    const valuesOf = (rows: readonly SettingRow[]) =>
        new Map<string, Json>(rows.map(({ setting, value }) => [setting, value]));
    const [olds, news] = [valuesOf(base), valuesOf(head)];
    return [...new Set([...news.keys(), ...olds.keys()])].flatMap((setting): SettingChange[] => {
        const [old, now] = [olds.get(setting), news.get(setting)];
        if (JSON.stringify(old) === JSON.stringify(now)) return [];
        const values = {
            ...(old !== undefined && { old }),
            ...(now !== undefined && { new: now }),
        };
        return [{ site, setting, ...values }];
    });
}

/** What the program tells now and did not tell before. */
export function newMessages(base: Plan["messages"], head: Plan["messages"]): readonly Message[] {
    const key = ({ severity, text }: Message) => `${severity} ${text}`;
    const told = new Set(base.map(key));
    return head.filter((message) => !told.has(key(message)));
}
