import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { script } from "../../../../components/kubernetes/services/search-backup.ts";

/** What curl says, by its calls: the body and the status, or that nobody answers. */
type Answers = readonly string[];

/**
 * Stands for curl: notes its arguments and gives the next answer. No time passes: every pause is ten minutes for `date`,
 * whatever `sleep` is told.
 */
const COMMANDS = {
    curl: `n=$(cat calls 2>/dev/null | wc -l)
printf '%s ' "$@" >> calls; echo >> calls
file=answer-$n; [ -e "$file" ] || file=answer-last
cat "$file"; case $(tail -n 1 "$file") in 000) exit 7 ;; esac`,
    sleep: 'echo "$1" >> slept',
    date: "echo $(($(wc -l < slept) * 600))",
};

/** Runs the script against these answers, the last of which is given for ever. */
function run(answers: Answers) {
    const folder = mkdtempSync(join(tmpdir(), "search-backup-"));
    try {
        for (const [name, text] of Object.entries(COMMANDS)) {
            const file = join(folder, name);
            writeFileSync(file, `#!/bin/sh\n${text}\n`);
            chmodSync(file, 0o755);
        }
        writeFileSync(join(folder, "slept"), "");
        answers.forEach((answer, at) => writeFileSync(join(folder, `answer-${at}`), answer));
        writeFileSync(join(folder, "answer-last"), answers.at(-1) ?? "");
        writeFileSync(join(folder, "register.sh"), script("search.example", 9200));
        const { status, stdout, stderr } = spawnSync("sh", ["register.sh"], {
            cwd: folder,
            encoding: "utf8",
            env: { PATH: `${folder}:/usr/bin:/bin` },
        });
        const calls = join(folder, "calls");
        const lines = existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
        return { status, stdout, stderr, calls: lines.map((line) => line.trim()) };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

const DONE = '{"acknowledged":true}\n200';
const NOBODY = "curl: (7) Failed to connect\n000";
const STRANGER = '{"error":"unable to authenticate user [platform-backup]"}\n401';
const NO_FILES = '{"error":"doesn\'t match any of the locations specified by path.repo"}\n500';

describe("the script that sets up snapshots", () => {
    it("registers the repository and then the policy, with credentials from a file", () => {
        const { status, stdout, calls } = run([DONE]);
        const call = (path: string, file: string) =>
            `--silent --show-error --max-time 90 --config /secrets/curl.conf --cacert /secrets/ca.crt --request PUT --header Content-Type: application/json --data-binary @/scripts/${file} --write-out \\n%{http_code} https://search.example:9200/${path}`;
        assert.deepEqual(calls, [
            call("_snapshot/platform", "repository.json"),
            call("_slm/policy/platform", "policy.json"),
        ]);
        assert.equal(stdout, "_snapshot/platform is there\n_slm/policy/platform is there\n");
        assert.equal(status, 0);
    });

    it("waits for the cluster, for its user and for the files on all nodes", () => {
        const { status, calls, stderr } = run([NOBODY, STRANGER, NO_FILES, DONE]);
        assert.equal(status, 0);
        assert.equal(calls.length, 5);
        assert.match(stderr, /Not yet _snapshot\/platform, trying again: .*path\.repo/);
    });

    it("stops at once where what it sends is wrong, and says why", () => {
        const { status, calls, stderr } = run([DONE, '{"error":"invalid schedule"}\n400']);
        assert.equal(status, 1);
        assert.equal(calls.length, 2);
        assert.equal(
            stderr,
            'Elasticsearch refuses _slm/policy/platform: {"error":"invalid schedule"}\n400\n',
        );
    });

    it("gives up after half an hour, and ends with what Elasticsearch said last", () => {
        const { status, calls, stderr } = run([NO_FILES]);
        assert.equal(status, 1);
        assert.equal(calls.length, 4);
        assert.equal(
            stderr.split("\n").at(-3),
            'Gave up on _snapshot/platform: {"error":"doesn\'t match any of the locations specified by path.repo"}',
        );
    });
});
