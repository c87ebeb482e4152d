/** A failure that the user can act on: the message says all, and no stack trace is shown. */
export class UserError extends Error {
    override readonly name = "UserError";
    /** The exit code that a command ends with. */
    readonly exitCode: number;

    constructor(message: string, exitCode = 1) {
        super(message);
        this.exitCode = exitCode;
    }
}
