import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { scramVerifier } from "../../components/lib/scram.ts";

describe("scramVerifier", () => {
    it("signs what RFC 7677 signs with the same password, salt and iterations", () => {
        const salt = "W22ZaJ0SNY7soEsUEjb6gQ==";
        const verifier = scramVerifier("pencil", Buffer.from(salt, "base64"));
        const [, given, keys = ""] = /^SCRAM-SHA-256\$(4096:[^$]+)\$(.+)$/.exec(verifier) ?? [];
        assert.equal(given, `4096:${salt}`);
        const [, serverKey = ""] = keys.split(":");
        const nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        const message = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=${salt},i=4096,c=biws,r=${nonce}`;
        const signature = createHmac("sha256", Buffer.from(serverKey, "base64")).update(message);
        assert.equal(signature.digest("base64"), "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    });

    it("differs with the salt and holds no part of the password", () => {
        const [one, other] = ["a", "b"].map((salt) =>
            scramVerifier("secret-password", Buffer.from(salt)),
        );
        assert.notEqual(one, other);
        assert.ok(!one?.includes("secret"));
    });
});
