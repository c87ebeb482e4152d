/**
 * A simulated cloud as the engine starts it: `node simulator/server.ts aws`.
 *
 * The first line on stdout is the port it listens on. SIM_WORLD names the world's file, SIM_TIME_SCALE how long a second
 * of the real thing lasts here, in seconds (0 leaves the waiting out).
 */
import { promisify } from "node:util";

import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";

import { loadProvider } from "./providers.ts";
import { Service } from "./service.ts";
import { Store, worldFile } from "./store.ts";
import type { Provider } from "./table.ts";
import { timeScale } from "./time-scale.ts";

/** The largest message, in bytes: what the engine's own clients allow. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

/** Ends this process when the one that started it is gone. What has begun goes on in the cloud. */
function endWithParent(): void {
    const parent = process.ppid;
    setInterval(() => {
        if (process.ppid !== parent) process.exit(0);
    }, 500).unref();
}

/** Serves one provider on a free port of this machine. */
export async function listen(
    provider: Provider,
    store: Store,
    scale: number,
): Promise<{ readonly port: number; close(): void }> {
    const server = new grpc.Server({
        "grpc.max_receive_message_length": LARGEST_MESSAGE,
        "grpc.max_send_message_length": LARGEST_MESSAGE,
    });
    const service = new Service(provider, store, scale);
    server.addService(services.ResourceProviderService, service.handlers());
    const bind = promisify(server.bindAsync.bind(server));
    const port = await bind("127.0.0.1:0", grpc.ServerCredentials.createInsecure());
    return { port, close: () => server.forceShutdown() };
}

if (import.meta.main) {
    const provider = await loadProvider(process.argv[2] ?? "");
    const { port } = await listen(provider, Store.open(worldFile()), timeScale());
    process.stdout.write(`${port}\n`);
    endWithParent();
}
