import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type { ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { rules as allRules } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import { Pack, RUNNER } from "./policies.ts";
import type { ConfiguredLevel, PackConfig } from "./settings.ts";
import type { Waiver } from "./waivers.ts";

/** By the numbers of the protocol's EnforcementLevel. */
const LEVELS: readonly ConfiguredLevel[] = ["advisory", "mandatory", "disabled", "remediate"];

/** What a pack says about itself. */
export interface PackFacts {
    readonly name: string;
    readonly displayName: string;
    readonly description: string;
    readonly tags: readonly string[];
}

/**
 * Serves rules to the engine. One pack per process: the SDK starts its server here.
 *
 * Waivers stand in `waivers.yaml` in the pack's folder, where a bundled pack has it, or in the folder above.
 */
export async function serve(facts: PackFacts, rules: readonly Rule[]): Promise<void> {
    const today = new Date().toISOString().slice(0, 10);
    const pack = new Pack(rules, await waiversOf(process.cwd(), today), today);
    listen((request) => pack.configure(configOf(request)));
    new PolicyPack(facts.name, { ...facts, tags: [...facts.tags], policies: pack.policies });
}

async function waiversOf(folder: string, today: string): Promise<readonly Waiver[]> {
    const [file, second] = ["waivers.yaml", "../waivers.yaml"]
        .map((name) => join(folder, name))
        .filter((candidate) => existsSync(candidate));
    if (file === undefined) return [];
    try {
        if (second !== undefined) {
            throw new Error(`There are two files of waivers, ${file} and ${second}. Keep one.`);
        }
        const text = readFileSync(file, "utf8");
        if (holdsNone(text)) return [];
        const { readWaivers } = await import("./waiver-file.ts");
        return readWaivers(text, allRules, "waivers.yaml", today);
    } catch (error) {
        // The engine waits for a port on standard output, and shows standard error when the process ends instead.
        console.error((error as Error).message);
        process.exit(1);
    }
}

/** Whether a file is as it comes, with comments and an empty list. It then starts without a parser, which takes long to load. */
function holdsNone(text: string): boolean {
    return text.replaceAll(/^\s*#.*$/gm, "").trim() === "waivers: []";
}

/**
 * Hears which levels and options the engine sends.
 *
 * The SDK tells a policy its own options and nobody the levels, but the runner judges by the levels and options of all
 * rules. So the decoding of that one message, a public part of the protocol, passes through here.
 */
function listen(hear: (request: ConfigureAnalyzerRequest) => void): void {
    const method = rpc.AnalyzerService.configure;
    const decode = method.requestDeserialize;
    method.requestDeserialize = (bytes) => {
        const request = decode(bytes);
        // Levels for "all" rules would keep the runner from noting secrets, which it is told at this level only.
        request.getPolicyconfigMap().get(RUNNER)?.setEnforcementlevel(LEVELS.indexOf("remediate"));
        hear(request);
        return request;
    };
}

function configOf(request: ConfigureAnalyzerRequest): PackConfig {
    const entries: [string, PackConfig[string]][] = [];
    request.getPolicyconfigMap().forEach((config, name) => {
        const options = config.getProperties()?.toJavaScript();
        const enforcementLevel = LEVELS[config.getEnforcementlevel()] ?? "mandatory";
        entries.push([name, { ...options, enforcementLevel }]);
    });
    return Object.fromEntries(entries);
}
