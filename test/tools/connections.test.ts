import assert from "node:assert/strict";
import { promisify } from "node:util";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/resource_pb.js";
import { getMonitor, resetOptions } from "@pulumi/pulumi/runtime/settings.js";
import * as state from "@pulumi/pulumi/runtime/state.js";
import { separateConnections } from "../../tools/stack/connections.ts";

// The Automation API gives every run a store of its own by this function, which its types leave out.
const { withLocalStorage } = state as unknown as {
    withLocalStorage<T>(body: () => Promise<T>): Promise<T>;
};

describe("the connections of a run", () => {
    let engines: grpc.Server[];
    beforeEach(() => (engines = []));
    afterEach(() => {
        for (const engine of engines) engine.forceShutdown();
    });

    /** An engine's resource monitor; port 0 takes a free one. */
    async function engine(port = 0): Promise<{ port: number; end: () => void }> {
        const server = new grpc.Server();
        engines.push(server);
        server.addService(services.ResourceMonitorService, {
            supportsFeature: (_call: unknown, answer: grpc.sendUnaryData<unknown>) => {
                answer(null, new messages.SupportsFeatureResponse());
            },
        });
        const bind = promisify(server.bindAsync.bind(server));
        const bound = await bind(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure());
        return { port: bound, end: () => server.forceShutdown() };
    }

    /** A program's run as the Automation API makes it: a store, and thereby clients, of its own. */
    function program<T>(
        port: number,
        body: (ask: () => Promise<string>) => Promise<T>,
    ): Promise<T> {
        return withLocalStorage(() => {
            resetOptions("platform", "dev", 1, "", `127.0.0.1:${port}`, true, "organization");
            const monitor = getMonitor();
            return body(
                () =>
                    new Promise((resolve) => {
                        monitor?.supportsFeature(new messages.SupportsFeatureRequest(), (error) => {
                            resolve(error?.message ?? "answered");
                        });
                    }),
            );
        });
    }

    it("do not hang on an earlier engine that had the same port", async () => {
        separateConnections();
        const first = await engine();
        await program(first.port, async (ask) => {
            assert.equal(await ask(), "answered");
            first.end();
            // The first call may still see the connection close, the second finds nobody.
            await ask();
            assert.match(await ask(), /ECONNREFUSED/);
        });
        const second = await engine(first.port);
        assert.equal(await program(second.port, (ask) => ask()), "answered");
    });
});
