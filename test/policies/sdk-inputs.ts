import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const SDKS = join(import.meta.dirname, "../../node_modules/@pulumi");

/** Without the browser's typings, of which no SDK has need, and below without the documentation, half of what there is to parse. */
const OPTIONS: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2020.d.ts"],
    skipLibCheck: true,
    types: [],
};

/** What the typings of the providers' SDKs say of resources' inputs. */
export class SdkInputs {
    readonly #program: ts.Program;
    readonly #checker: ts.TypeChecker;
    readonly #files: ReadonlyMap<string, string>;

    /** @param tokens types of resources, such as `aws:s3/bucket:Bucket`; those that no SDK has are left out */
    constructor(tokens: Iterable<string>) {
        const found = [...tokens].flatMap((token) => {
            const file = fileOf(token);
            return file === undefined ? [] : [[token, file] as const];
        });
        this.#files = new Map(found);
        const host = ts.createCompilerHost(OPTIONS);
        host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
        const rootNames = [...new Set(this.#files.values())];
        this.#program = ts.createProgram({ rootNames, options: OPTIONS, host });
        this.#checker = this.#program.getTypeChecker();
    }

    /** How many types of resources the SDKs have. */
    get size(): number {
        return this.#files.size;
    }

    /** Whether a type of resources takes an input; true for types of which no SDK is known. */
    takes(token: string, steps: readonly (string | number)[]): boolean {
        const file = this.#files.get(token);
        if (file === undefined) return true;
        let types = this.#argumentsIn(file);
        for (const step of steps) {
            if (typeof step === "number") continue;
            types = types.flatMap((type) => this.#property(type, step));
        }
        return types.length > 0;
    }

    #argumentsIn(file: string): readonly ts.Type[] {
        const found: ts.Type[] = [];
        this.#program.getSourceFile(file)?.forEachChild((node) => {
            if (ts.isInterfaceDeclaration(node) && node.name.text.endsWith("Args")) {
                found.push(this.#checker.getTypeAtLocation(node));
            }
        });
        return found;
    }

    /** The types that a property may have, whatever wraps the type that it is in: inputs, unions, lists. */
    #property(type: ts.Type, name: string): readonly ts.Type[] {
        if (type.isUnion()) return type.types.flatMap((one) => this.#property(one, name));
        if (this.#checker.isArrayType(type)) {
            return this.#checker
                .getTypeArguments(type as ts.TypeReference)
                .flatMap((one) => this.#property(one, name));
        }
        if (!(type.flags & ts.TypeFlags.Object) || /^(Promise|Output)/.test(nameOf(type))) {
            return [];
        }
        const property = this.#checker.getPropertyOfType(type, name);
        if (property !== undefined) return [this.#checker.getTypeOfSymbol(property)];
        const any = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
        return any === undefined ? [] : [any];
    }
}

function nameOf(type: ts.Type): string {
    return (type.aliasSymbol ?? (type.getSymbol() as ts.Symbol | undefined))?.name ?? "";
}

const LISTINGS = new Map<string, ReadonlyMap<string, string>>();

/** The files of a folder by their names in lower case: tokens and files differ in that. */
function listing(folder: string): ReadonlyMap<string, string> {
    let found = LISTINGS.get(folder);
    if (found === undefined) {
        const names = existsSync(folder) ? readdirSync(folder) : [];
        found = new Map(names.map((name) => [name.toLowerCase(), join(folder, name)]));
        LISTINGS.set(folder, found);
    }
    return found;
}

/** Where the typings of a type of resources are: a token says the module, with or without a version, and the class. */
function fileOf(token: string): string | undefined {
    const [sdk = "", module = "", name = ""] = token.split(":");
    if (!["aws", "azure-native", "gcp"].includes(sdk)) return undefined;
    const folder = join(SDKS, sdk, module.split("/", 1)[0]!);
    return listing(folder).get(`${name.toLowerCase()}.d.ts`);
}
