import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../tools/stack/layout.ts";

type Palette = Readonly<Record<string, string>>;

/** What is written on what. */
const PAIRS: readonly (readonly [text: string, on: string])[] = [
    ...["ground", "surface", "raised", "accent-soft", "good-soft", "warn-soft", "waived-soft"].map(
        (on) => ["text", on] as const,
    ),
    ...["ground", "surface", "raised"].map((on) => ["quiet", on] as const),
    ...["ground", "surface", "raised", "accent-soft"].map((on) => ["accent", on] as const),
    ...["good", "bad", "warn", "waived"].flatMap((tone) => [
        [tone, `${tone}-soft`] as const,
        [tone, "surface"] as const,
    ]),
];

function read(block: string): Palette {
    const found = block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g);
    return Object.fromEntries([...found].map(([, name = "", colour = ""]) => [name, colour]));
}

/** The contrast of two colours by WCAG 2.2. */
function contrast(left: string, right: string): number {
    const [dark = 0, light = 0] = [luminance(left), luminance(right)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
        const part = parseInt(colour.slice(start, start + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

async function palettes(): Promise<Readonly<Record<"light" | "dark", Palette>>> {
    const css = await readFile(join(ROOT, "tools/plan/html/page.css"), "utf8");
    const [light = "", dark = ""] = css.match(/:root \{[^}]*\}/g) ?? [];
    return { light: read(light), dark: read(dark) };
}

describe("the colours of a page", () => {
    it("measures contrast as WCAG does", () => {
        assert.equal(contrast("#000000", "#ffffff"), 21);
        assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
    });

    it("names the same in light and in dark", async () => {
        const { light, dark } = await palettes();
        assert.deepEqual(Object.keys(light), Object.keys(dark));
        assert.equal(Object.keys(light).length, 16);
    });

    it("can be read by everybody, in light and in dark", async () => {
        for (const [scheme, palette] of Object.entries(await palettes())) {
            for (const [text, on] of PAIRS) {
                const ratio = contrast(palette[text] ?? "", palette[on] ?? "");
                const words = `${text} on ${on} in ${scheme}: ${ratio.toFixed(2)}`;
                assert.ok(ratio >= 4.5, words);
            }
        }
    });
});
