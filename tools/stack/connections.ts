import * as settings from "@pulumi/pulumi/runtime/settings.js";

/**
 * Gives every run of a program in this process connections of its own to its engine.
 *
 * gRPC shares connections between clients of one process by address, and the Automation API leaves the clients of a run
 * open. Where a later engine gets the port of an earlier one, its program would take over the earlier one's broken
 * connection and end with "14 UNAVAILABLE: No connection established".
 */
export function separateConnections(): void {
    const { grpcClientOptions } = settings as unknown as {
        grpcClientOptions: Record<string, unknown>;
    };
    grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;
}
