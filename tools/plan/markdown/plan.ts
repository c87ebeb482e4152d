import { isBroken } from "../against/words.ts";
import type { Plan, PlannedSite } from "../model.ts";
import { isStop } from "../show/findings.ts";
import { count } from "../show/paint.ts";
import type { Block } from "./blocks.ts";
import { code, prose, value } from "./escape.ts";
import { findingBlocks, openFindings, UNDECIDED } from "./findings.ts";
import { alert, folded, paragraph, table } from "./parts.ts";

/** A plan alone: how much stands where, what the guardrails say, and the settings. */
export function planBlocks(plan: Plan): readonly Block[] {
    const { sites, findings, messages, counts, stack } = plan;
    const rest = findings.filter((one) => !isStop(one));
    const settings = Object.entries({ "": plan.settings.stack, ...plan.settings.sites }).flatMap(
        ([site, rows]) => rows.map((row) => ({ ...row, site })),
    );
    const said = settings.filter(({ origin }) => origin === "stack" || origin === "site");
    return [
        ...paragraph([`### ${code(stack)}\n`, `**${planVerdict(counts)}**\n`]),
        ...openFindings("Mandatory findings", findings.filter(isStop)),
        ...table(
            "",
            ["site", "cloud", "region", "resources", "findings"],
            sites.map((site) => siteRow(site, plan)),
        ),
        ...findingBlocks("Findings that stop nothing", rest.filter(isBroken)),
        ...findingBlocks(
            UNDECIDED,
            rest.filter((one) => !isBroken(one)),
        ),
        ...folded(
            `Settings of the stack's file (${said.length})`,
            table(
                "",
                ["site", "setting", "value"],
                said.map((one) => {
                    return [one.site && code(one.site), code(one.setting), value(one.value)];
                }),
            ),
        ),
        ...folded(
            "Outputs",
            table(
                "",
                ["output", "value"],
                Object.entries(plan.outputs.values).map(([name, output]) => [
                    code(name),
                    value(output),
                ]),
            ),
        ),
        ...alert(
            "WARNING",
            messages.map(({ severity, text }) => `${severity}: ${prose(text)}`),
        ),
    ];
}

function planVerdict({ resources, mandatory, advisory }: Plan["counts"]): string {
    const stops = count(mandatory.fail, "mandatory finding");
    const later =
        mandatory.unknown === 0
            ? ""
            : `; ${count(mandatory.unknown, "mandatory check")} can be made only during the update`;
    return `${count(resources, "resource")}; ${stops}, ${advisory.fail} advisory${later}`;
}

function siteRow({ key, cloud, region, component }: PlannedSite, plan: Plan): readonly string[] {
    const own = new Set(plan.resources.filter(({ site }) => site === key).map(({ urn }) => urn));
    const broken = plan.findings.filter(
        ({ urn, state }) => state === "fail" && own.has(urn),
    ).length;
    const name = key === "" ? "in no site" : code(key);
    const place = [cloud, region].map((one) => (one === "" ? "–" : code(one)));
    return [name, ...place, String(component.total), String(broken)];
}
