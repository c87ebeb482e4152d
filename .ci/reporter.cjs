// Mocha's usual output, and at the end the counts into the file that MOCHA_COUNTS names, for .ci/run.
const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

module.exports = class extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once("end", () => {
            const { passes, failures } = this.stats;
            if (process.env.MOCHA_COUNTS) {
                writeFileSync(process.env.MOCHA_COUNTS, `${passes} ${failures}\n`);
            }
        });
    }
};
