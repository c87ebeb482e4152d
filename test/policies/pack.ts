import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import analyzerRpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzerPb from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { Inputs } from "../../policies/examples/example.ts";

const LEVELS = ["advisory", "mandatory", "disabled", "remediate"] as const;
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A secret as the engine sends it. */
export function secret(value: string): Inputs {
    return { [SIGNATURE]: SECRET, value };
}

/** A resource as the engine sends it. */
export interface Sent {
    readonly type: string;
    readonly name: string;
    readonly inputs: Inputs;
    /** What stack policies get. @default the inputs */
    readonly outputs?: Inputs;
    /** The resources that an input refers to. */
    readonly references?: Readonly<Record<string, readonly Sent[]>>;
    /** @default true */
    readonly protect?: boolean;
    /** The name of its provider. @default "site" */
    readonly provider?: string;
    readonly parent?: Sent;
}

/** What the pack found. */
export interface Finding {
    readonly policy: string;
    readonly level: string;
    readonly message: string;
    readonly urn: string;
}

export interface PolicyFacts {
    readonly name: string;
    readonly level: string;
    readonly url: string;
    readonly tags: readonly string[];
}

type Level = (typeof LEVELS)[number];

export function urnOf({ type, name }: Sent): string {
    return `urn:pulumi:prod::platform::${type}::${name}`;
}

function struct(inputs: Inputs): structPb.Struct {
    return structPb.Struct.fromJavaScript(inputs as unknown as Record<string, JavaScriptValue>);
}

/** A policy pack in a process of its own, started and asked as the engine does it. */
export class RunningPack {
    readonly #process: ChildProcess;
    readonly #client: analyzerRpc.AnalyzerClient;

    private constructor(child: ChildProcess, client: analyzerRpc.AnalyzerClient) {
        this.#process = child;
        this.#client = client;
    }

    /** Starts a pack of policies/, or of another folder, and waits for the port on its first line. */
    static async start(pack: string, env: NodeJS.ProcessEnv = {}): Promise<RunningPack> {
        const policies = fileURLToPath(new URL("../../policies/", import.meta.url));
        const folder = resolve(policies, pack);
        const runner = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run-policy-pack");
        const child = spawn(process.execPath, [runner, "127.0.0.1:1", "."], {
            cwd: folder,
            env: { ...process.env, ...env },
            stdio: ["ignore", "pipe", "inherit"],
        });
        for await (const port of createInterface(child.stdout)) {
            const client = new analyzerRpc.AnalyzerClient(
                `127.0.0.1:${port}`,
                grpc.credentials.createInsecure(),
            );
            return new RunningPack(child, client);
        }
        throw new Error(`the pack ${pack} did not start`);
    }

    stop(): void {
        this.#client.close();
        this.#process.kill();
    }

    async facts(): Promise<readonly PolicyFacts[]> {
        const info = await new Promise<analyzerPb.AnalyzerInfo>((resolve, reject) =>
            this.#client.getAnalyzerInfo(new emptyPb.Empty(), settle(resolve, reject)),
        );
        return info.getPoliciesList().map((policy) => ({
            name: policy.getName(),
            level: LEVELS[policy.getEnforcementlevel()]!,
            url: policy.getUrl(),
            tags: policy.getTagsList(),
        }));
    }

    /** Sets levels and options, as `--policy-pack-config` does. */
    async configure(
        levels: Readonly<Record<string, Level>>,
        options: Readonly<Record<string, Inputs>> = {},
    ): Promise<void> {
        const request = new analyzerPb.ConfigureAnalyzerRequest();
        for (const [policy, level] of Object.entries(levels)) {
            const config = new analyzerPb.PolicyConfig();
            config.setEnforcementlevel(LEVELS.indexOf(level) as analyzerPb.EnforcementLevel);
            config.setProperties(struct(options[policy] ?? {}));
            request.getPolicyconfigMap().set(policy, config);
        }
        await new Promise<unknown>((resolve, reject) =>
            this.#client.configure(request, settle(resolve, reject)),
        );
    }

    /** One resource before its step: remediations first, then validations. Of one policy's findings, if it is named. */
    async judge(resource: Sent, policy?: string): Promise<readonly Finding[]> {
        if ((await this.remediate(resource)).length > 0) {
            throw new Error("the pack changed something");
        }
        const response = await new Promise<analyzerPb.AnalyzeResponse>((resolve, reject) =>
            this.#client.analyze(requestOf(resource), settle(resolve, reject)),
        );
        return findingsOf(response, policy);
    }

    /** What the pack changes before a resource is judged: the policy, and all properties afterwards. */
    async remediate(
        resource: Sent,
    ): Promise<readonly { readonly policy: string; readonly properties: unknown }[]> {
        const response = await new Promise<analyzerPb.RemediateResponse>((resolve, reject) =>
            this.#client.remediate(requestOf(resource), settle(resolve, reject)),
        );
        return response.getRemediationsList().map((remediation) => ({
            policy: remediation.getPolicyname(),
            properties: remediation.getProperties()?.toJavaScript(),
        }));
    }

    /** All resources after all steps. */
    async judgeStack(resources: readonly Sent[], policy?: string): Promise<readonly Finding[]> {
        const request = new analyzerPb.AnalyzeStackRequest();
        request.setResourcesList(resources.map(stackResource));
        const response = await new Promise<analyzerPb.AnalyzeResponse>((resolve, reject) =>
            this.#client.analyzeStack(request, settle(resolve, reject)),
        );
        return findingsOf(response, policy);
    }
}

function settle<T>(resolve: (value: T) => void, reject: (error: Error) => void) {
    return (error: Error | null, value: T): void => (error ? reject(error) : resolve(value));
}

function requestOf(resource: Sent): analyzerPb.AnalyzeRequest {
    const request = new analyzerPb.AnalyzeRequest();
    request.setType(resource.type);
    request.setName(resource.name);
    request.setUrn(urnOf(resource));
    request.setProperties(struct(resource.inputs));
    request.setOptions(optionsOf(resource));
    request.setProvider(providerOf(resource));
    return request;
}

function optionsOf({ protect = true, parent }: Sent): analyzerPb.AnalyzerResourceOptions {
    const options = new analyzerPb.AnalyzerResourceOptions();
    options.setProtect(protect);
    if (parent) options.setParent(urnOf(parent));
    return options;
}

function providerOf({ type, provider = "site" }: Sent): analyzerPb.AnalyzerProviderResource {
    const sent = new analyzerPb.AnalyzerProviderResource();
    const providerType = `pulumi:providers:${type.split(":")[0]}`;
    sent.setType(providerType);
    sent.setName(provider);
    sent.setUrn(`urn:pulumi:prod::platform::${providerType}::${provider}`);
    sent.setProperties(struct({}));
    return sent;
}

function stackResource(resource: Sent): analyzerPb.AnalyzerResource {
    const sent = new analyzerPb.AnalyzerResource();
    sent.setType(resource.type);
    sent.setName(resource.name);
    sent.setUrn(urnOf(resource));
    sent.setProperties(struct(resource.outputs ?? resource.inputs));
    sent.setOptions(optionsOf(resource));
    sent.setProvider(providerOf(resource));
    if (resource.parent) sent.setParent(urnOf(resource.parent));
    const references = Object.entries(resource.references ?? {});
    sent.setDependenciesList([...new Set(references.flatMap(([, ones]) => ones.map(urnOf)))]);
    for (const [input, targets] of references) {
        const urns = new analyzerPb.AnalyzerPropertyDependencies();
        urns.setUrnsList(targets.map(urnOf));
        sent.getPropertydependenciesMap().set(input, urns);
    }
    return sent;
}

/** Starts the whole pack once for the tests of a `describe`, each of which finds it with its own levels and options. */
export function givePlatformPack(use: (pack: RunningPack) => void): void {
    let pack: RunningPack;
    before(async () => {
        pack = await RunningPack.start("platform");
        use(pack);
    });
    afterEach(() => pack.configure({}));
    after(() => pack.stop());
}

function findingsOf(
    response: analyzerPb.AnalyzeResponse,
    policy: string | undefined,
): readonly Finding[] {
    return response
        .getDiagnosticsList()
        .map((diagnostic) => ({
            policy: diagnostic.getPolicyname(),
            level: LEVELS[diagnostic.getEnforcementlevel()]!,
            message: diagnostic.getMessage(),
            urn: diagnostic.getUrn(),
        }))
        .filter((finding) => policy === undefined || finding.policy === policy);
}
