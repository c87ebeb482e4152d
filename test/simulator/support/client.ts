/** Drives a provider over gRPC as the engine does. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";

import type { Path } from "../../../simulator/paths.ts";
import type { Properties } from "../../../simulator/table.ts";
import { decode, encode } from "../../../simulator/wire.ts";

const BIN = join(import.meta.dirname, "..", "..", "..", "simulator", "bin");

/** A provider's process, and the port it printed. */
export interface Plugin {
    readonly port: number;
    /** Resolves with the exit code. */
    readonly ended: Promise<number | null>;
}

const started = new Set<ReturnType<typeof spawn>>();

/** Ends every provider that a test has started, and waits until they are gone. */
export async function stopAll(): Promise<void> {
    const children = [...started];
    started.clear();
    await Promise.all(
        children.map(async (child) => {
            if (child.exitCode !== null || child.signalCode !== null) return;
            const gone = new Promise((resolve) => child.once("exit", resolve));
            child.kill("SIGKILL");
            await gone;
        }),
    );
}

/** Starts a provider as the engine does, and waits for its port. */
export async function start(name: string, environment: NodeJS.ProcessEnv): Promise<Plugin> {
    const child = spawn(join(BIN, `pulumi-resource-${name}`), [], {
        env: { ...process.env, ...environment },
        stdio: ["ignore", "pipe", "inherit"],
    });
    started.add(child);
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const line = new Promise<string>((resolve, reject) => {
        child.stdout.once("data", (data: Buffer) => {
            resolve(data.toString());
        });
        child.once("exit", (code) => {
            reject(new Error(`the provider ended with ${String(code)}`));
        });
    });
    return { port: Number((await line).split("\n")[0]), ended };
}

type Unary<Request, Response> = (
    request: Request,
    callback: (error: grpc.ServiceError | null, response: Response) => void,
) => unknown;

/** A client whose methods take and give plain values. */
export class Client {
    readonly #stub: InstanceType<typeof services.ResourceProviderClient>;

    constructor(port: number) {
        const credentials = grpc.credentials.createInsecure();
        this.#stub = new services.ResourceProviderClient(`127.0.0.1:${port}`, credentials);
    }

    close(): void {
        this.#stub.close();
    }

    /** Calls any method with the SDK's own messages. */
    call<Request, Response>(name: string, request: Request): Promise<Response> {
        const stub = this.#stub as unknown as Record<string, Unary<Request, Response>>;
        const method = stub[name];
        if (!method) throw new Error(`there is no method ${name}`);
        return promisify(method.bind(this.#stub))(request) as Promise<Response>;
    }

    async configure(config: Properties): Promise<pb.ConfigureResponse> {
        return this.call("configure", new pb.ConfigureRequest().setArgs(encode(config)));
    }

    async check(urn: string, news: Properties, olds?: Properties, secrets: Path[] = []) {
        const request = new pb.CheckRequest().setUrn(urn).setNews(encode(news, secrets));
        if (olds) request.setOlds(encode(olds));
        const response = await this.call<pb.CheckRequest, pb.CheckResponse>("check", request);
        return {
            ...decode(response.getInputs()),
            failures: response.getFailuresList().map((failure) => failure.toObject()),
        };
    }

    async diff(urn: string, id: string, olds: Properties, news: Properties) {
        const request = new pb.DiffRequest().setUrn(urn).setId(id);
        request.setOldInputs(encode(olds)).setNews(encode(news));
        return this.call<pb.DiffRequest, pb.DiffResponse>("diff", request);
    }

    async create(urn: string, inputs: Properties, secrets: Path[] = [], preview = false) {
        const request = new pb.CreateRequest().setUrn(urn).setPreview(preview);
        request.setProperties(encode(inputs, secrets));
        const response = await this.call<pb.CreateRequest, pb.CreateResponse>("create", request);
        return { id: response.getId(), ...decode(response.getProperties()) };
    }

    async read(urn: string, id: string, inputs: Properties = {}, secrets: Path[] = []) {
        const request = new pb.ReadRequest().setUrn(urn).setId(id);
        request.setInputs(encode(inputs, secrets)).setProperties(encode(inputs, secrets));
        const response = await this.call<pb.ReadRequest, pb.ReadResponse>("read", request);
        return {
            id: response.getId(),
            inputs: decode(response.getInputs()),
            outputs: decode(response.getProperties()),
        };
    }

    async update(urn: string, id: string, olds: Properties, news: Properties, preview = false) {
        const request = new pb.UpdateRequest().setUrn(urn).setId(id).setPreview(preview);
        request.setOlds(encode(olds)).setOldInputs(encode(olds)).setNews(encode(news));
        const response = await this.call<pb.UpdateRequest, pb.UpdateResponse>("update", request);
        return decode(response.getProperties());
    }

    async delete(urn: string, id: string): Promise<void> {
        await this.call("delete", new pb.DeleteRequest().setUrn(urn).setId(id));
    }
}
