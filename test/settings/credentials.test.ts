import assert from "node:assert/strict";
import { app, problemsOf, settingsOf, stack } from "./support.ts";

describe("settings that hold credentials", () => {
    it("rejects a credential among the plain variables and never repeats it", () => {
        const values = {
            DB_PASSWORD: "hunter2",
            API_KEY: "hunter2",
            LINK: "postgres://user:hunter2@db/app",
            PEM: "-----BEGIN PRIVATE KEY----- hunter2",
        };
        const problems = problemsOf(stack({ applications: app({ env: values }) }));
        assert.deepEqual(
            problems,
            Object.keys(values).map(
                (key) =>
                    `applications.shop.env.${key}: looks like a credential, and plain variables stand in the state and in the cluster for all to read. Write it under secrets:, or name the database, the cache or the queue that it is for.`,
            ),
        );
    });

    it("accepts variables that only speak about a credential", () => {
        const env = { TOKEN_TTL: 60, SECRET_NAME: "x", PASSWORD_FILE: "/run/x", KEYBOARD: "de" };
        settingsOf(stack({ applications: app({ env }) }));
    });

    it("rejects without repeating a value that stands under a secret's key", () => {
        const problems = problemsOf(
            stack({ databases: { main: { password: ["hunter2"] } }, token: "hunter2" }),
        );
        assert.equal(problems.length, 2);
        assert.ok(
            problems.every((problem) => !problem.includes("hunter2")),
            problems.join("\n"),
        );
    });

    it("rejects a bad value under such a key without repeating it, and repeats others", () => {
        const env = { API_TOKEN: ["hunter2"], LEVEL: ["info"] };
        assert.deepEqual(
            problemsOf(stack({ applications: { "token-shop": { ...app().shop, env, port: 1 } } })),
            [
                "applications.token-shop.env.API_TOKEN: (hidden) is not a text, a number or a boolean. Correct it.",
                'applications.token-shop.env.LEVEL: (a list) is not a text, a number or a boolean. Write it like "info".',
                "applications.token-shop.port: 1 is not a whole number from 1024 to 65535. Write it like 1024.",
            ],
        );
    });

    it("rejects a secret that stands where its key in the store belongs without repeating it", () => {
        const secrets = { STRIPE_KEY: "hunter2!", HOOK: { from: "sk_hunter2" } };
        const wrong =
            "(hidden) is not the key of a secret: letters, digits and hyphens, 80 at most. Put the secret itself into the site's secret store, and write here what it is called there, like stripe.";
        assert.deepEqual(problemsOf(stack({ applications: app({ secrets }) })), [
            `applications.shop.secrets.STRIPE_KEY.from: ${wrong}`,
            `applications.shop.secrets.HOOK.from: ${wrong}`,
        ]);
    });

    it("rejects a bad value that is a credential by its form without repeating it", () => {
        const problems = problemsOf(stack({ owner: "https://u:hunter2@example.com" }));
        assert.equal(problems.length, 1);
        assert.match(problems[0] ?? "", /^owner: \(hidden\) is not a text/);
    });
});
