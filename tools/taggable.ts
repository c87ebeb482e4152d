/** `node tools/taggable.ts`: writes policies/rules/tags/ from the typings of the clouds' SDKs that are installed. */
import { writeFile } from "node:fs/promises";
import { taggableTypes, TAGGABLE, toModule } from "./taggable/typings.ts";

for (const cloud of TAGGABLE) {
    const file = new URL(`../policies/rules/tags/${cloud.file}`, import.meta.url);
    await writeFile(file, toModule(cloud, await taggableTypes(cloud)));
}
