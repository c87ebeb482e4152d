import assert from "node:assert/strict";
import { describeProblem } from "../../components/lib/problem.ts";
import { parse } from "../../components/settings/parse.ts";
import type { Settings, SiteSettings } from "../../components/settings/types.ts";

/** The day on which the tests are held. */
export const TODAY = new Date("2026-11-20T12:00:00Z");

type Raw = Readonly<Record<string, unknown>>;

export const aws = (more: Raw = {}) => ({
    cloud: "aws",
    region: "eu-central-1",
    account: "123456789012",
    ...more,
});

export const azure = (more: Raw = {}) => ({
    cloud: "azure",
    region: "westeurope",
    subscription: "12345678-9abc-4def-8123-456789abcdef",
    ...more,
});

export const gcp = (more: Raw = {}) => ({
    cloud: "gcp",
    region: "europe-west3",
    project: "my-project-id",
    ...more,
});

/** A right stack with one site on AWS, and what a test changes. */
export const stack = (more: Raw = {}): Raw => ({
    environment: "dev",
    owner: "platform-team",
    costCentre: "cc-1000",
    sites: { main: aws() },
    ...more,
});

/** The settings of a configuration that has to be right. */
export function settingsOf(raw: unknown, today = TODAY): Settings {
    const parsed = parse(raw, { today });
    assert.deepEqual(parsed.problems?.map(describeProblem), undefined);
    assert.ok(parsed.settings);
    return parsed.settings;
}

/** The one site of a configuration. */
export function siteOf(raw: unknown): SiteSettings {
    const [site, ...others] = settingsOf(raw).sites;
    assert.ok(site);
    assert.deepEqual(others, []);
    return site;
}

/** Every problem of a configuration, as the user reads it. */
export function problemsOf(raw: unknown, today = TODAY): readonly string[] {
    return parse(raw, { today }).problems?.map(describeProblem) ?? [];
}

/** Every warning of a configuration that is right. */
export function warningsOf(raw: unknown, today = TODAY): readonly string[] {
    return settingsOf(raw, today).warnings.map(describeProblem);
}

/** The application `shop`, right but for what a test changes. */
export const app = (more: Raw = {}) => ({
    shop: { image: "ghcr.io/acme/shop:1.4.2", ...more },
});

/** An application that is right as it is. */
export const api = { image: "ghcr.io/acme/api:1.0.0" };

/** A pipeline that lacks its steps only. */
export const nightly = { ...api, kind: "pipeline", schedule: "0 1 * * *" };

/** A cluster whose only pool says this. */
export const pool = (more: Raw) => ({ cluster: { nodePools: { workers: more } } });

/** Databases, of which `main` says this. */
export const database = (more: Raw) => ({ databases: { main: more } });

/** What is wrong with a right stack after one change. */
type Case = readonly [title: string, change: Raw, problems: readonly string[]];

/** A test for each case: exactly these problems, in the words that a user reads. */
export function rejectsEach(cases: readonly Case[]): void {
    for (const [title, change, problems] of cases) {
        it(`rejects ${title}`, () => assert.deepEqual(problemsOf(stack(change)), problems));
    }
}
