/** Takes what a command prints. */
export class Paper {
    text = "";

    write(more: string): void {
        this.text += more;
    }
}
