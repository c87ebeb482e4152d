/**
 * A simulated cloud as the engine starts it: `node simulator/server.ts aws`.
 *
 * The first line on stdout is the port it listens on. SIM_WORLD names the world's file, SIM_TIME_SCALE how long a second
 * of the real thing lasts here, in seconds (0 leaves the waiting out).
 */
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";

import { loadProvider } from "./providers.ts";
import { Service } from "./service.ts";
import { Store, worldFile } from "./store.ts";

/** How long a second of the real thing lasts by default, in seconds. */
const DEFAULT_SCALE = 0.01;

/** The largest message, in bytes: what the engine's own clients allow. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

/** Reads SIM_TIME_SCALE. */
export function timeScale(environment: NodeJS.ProcessEnv = process.env): number {
    const text = environment["SIM_TIME_SCALE"];
    if (text === undefined || text === "") return DEFAULT_SCALE;
    const scale = Number(text);
    if (Number.isFinite(scale) && scale >= 0) return scale;
    throw new Error(`SIM_TIME_SCALE is "${text}"; it must be a number from 0, e.g. 0.01`);
}

/** Ends this process when the one that started it is gone. What has begun goes on in the cloud. */
function endWithParent(): void {
    const parent = process.ppid;
    setInterval(() => {
        if (process.ppid !== parent) process.exit(0);
    }, 500).unref();
}

async function serve(name: string): Promise<void> {
    const provider = await loadProvider(name);
    const service = new Service(provider, Store.open(worldFile()), timeScale());
    const server = new grpc.Server({
        "grpc.max_receive_message_length": LARGEST_MESSAGE,
        "grpc.max_send_message_length": LARGEST_MESSAGE,
    });
    server.addService(services.ResourceProviderService, service.handlers());
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) throw error;
        process.stdout.write(`${port}\n`);
    });
    endWithParent();
}

if (import.meta.main) await serve(process.argv[2] ?? "");
