import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// The dependency rule of the architecture, folder by folder: what a folder may import, as
// alternatives of a regular expression. Everything else is refused. `types` may be imported with
// `import type` only, which costs nothing at run time.
const up = String.raw`(?:\.\./)+`;
const own = String.raw`\./.*`;
const ownTree = String.raw`\.{1,2}/.*`;
const contracts = `${up}contracts/.*`;
const lib = `${up}lib/.*`;
const pulumi = "@pulumi/pulumi";
const program = String.raw`(?:\.\./)+index\.ts`;
const sdks = "aws|azure-native|gcp|kubernetes|random";

const folders = [
    {
        files: ["components/lib/**"],
        allow: [own, "node:crypto", "ip-address"],
        words: "lib imports nothing but node:crypto and ip-address",
    },
    {
        files: ["components/lib/errors.ts"],
        allow: [own, pulumi],
        words: "lib/errors imports nothing but @pulumi/pulumi",
    },
    {
        files: ["components/contracts/**"],
        allow: [own, lib],
        types: [pulumi, "@pulumi/kubernetes/.*"],
        words: "contracts import lib, and types of pulumi and kubernetes",
    },
    ...[
        ["aws", "aws"],
        ["azure", "azure-native"],
        ["gcp", "gcp"],
    ].flatMap(([cloud, sdk]) => [
        {
            files: [`components/${cloud}/**`],
            allow: [
                own,
                contracts,
                lib,
                pulumi,
                `@pulumi/(?:${sdk}|random)/.*`,
                "@pulumi/kubernetes/provider\\.js",
            ],
            types: [`@pulumi/${sdk}`],
            words: `components/${cloud} imports contracts, lib, its own SDK, random and the Kubernetes provider, never another cloud`,
        },
        {
            files: [`components/${cloud}/limits.ts`],
            allow: [own, contracts, lib],
            words: "limits are data that the settings read: they import contracts and lib, no SDK",
        },
    ]),
    {
        files: ["components/kubernetes/**"],
        allow: [
            own,
            // Its own folders import what lies beside them, and nothing of the clouds or the program.
            String.raw`\.\./(?!aws|azure|gcp|settings|site|clouds)[\w-]+(?:/[\w-]+)?\.ts`,
            contracts,
            lib,
            pulumi,
            "@pulumi/(?:kubernetes|random)/.*",
        ],
        types: [
            String.raw`${up}settings/(?:\w+-)?types\.ts`,
            "@pulumi/kubernetes",
            "@kubernetes-models/.*",
        ],
        words: "components/kubernetes imports contracts, lib, the settings' types, the Kubernetes SDK and random",
    },
    {
        files: ["components/settings.ts"],
        allow: [String.raw`\./settings/.*`, String.raw`\./lib/.*`, pulumi],
        words: "components/settings.ts hands pulumi's configuration to the settings",
    },
    {
        files: ["components/settings/**"],
        allow: [
            own,
            contracts,
            lib,
            `${up}(?:aws|azure|gcp)/(?:limits|sizes|subnets|addresses|ranges)\\.ts`,
            "fastest-levenshtein",
            "node:crypto",
        ],
        words: "settings import contracts, lib and each cloud's limits and address plan, no SDK",
    },
    {
        files: ["components/settings/checks/**"],
        allow: [
            own,
            String.raw`(?:\.\./){1,2}[^/]+\.ts`,
            contracts,
            lib,
            // What the components refuse before they make anything, as pure functions.
            `${up}kubernetes/(?:gateway/problems|application/quota-problems|services/(?:problems|refusals)|capability-needs|charts)\\.ts`,
        ],
        words: "checks import contracts, lib, the components' own problems and the settings' own files",
    },
    {
        files: ["policies/**"],
        allow: [
            ownTree,
            "@pulumi/policy",
            "@pulumi/pulumi/proto/analyzer_grpc_pb\\.js",
            "yaml",
            "node:.*",
        ],
        types: ["@pulumi/.*"],
        except: [`${up}(?:components|simulator|tools|test)/.*`, program],
        words: "policies import their own files, @pulumi/policy and yaml, and of the SDKs types only",
    },
    {
        files: ["simulator/**"],
        allow: [
            ownTree,
            "@grpc/grpc-js",
            "google-protobuf/.*",
            "ip-address",
            "@pulumi/pulumi/.*",
            "yaml",
            "node:.*",
        ],
        except: [`${up}(?:components|policies|tools|test)/.*`, program],
        words: "the simulator imports no component, so that it cannot repeat a component's mistake",
    },
    {
        files: ["index.ts", "components/site.ts", "components/clouds.ts", "components/services/**"],
        allow: [ownTree, pulumi],
        types: ["@pulumi/.*"],
        words: "the program composes components and names no provider SDK",
    },
    { files: ["tools/**", "test/**", "examples/**"], allow: [".*"], words: "" },
];

const byClass = {
    regex: `^@pulumi/(?:${sdks})(?:/(?!.*\\.js$).*|/(?:.*/)?index\\.js)?$`,
    allowTypeImports: true,
    message:
        "Import a provider SDK by class file (@pulumi/aws/eks/cluster.js): its root or a module loads everything.",
};

/** The restrictions of one folder, for static imports and for `import()`. */
function dependencies({ files, allow, types = [], except = [], words }) {
    const not = except.length > 0 ? `(?!(?:${except.join("|")})$)` : "";
    const never = [
        {
            regex: `^(?!${not}(?:${[...allow, ...types].join("|")})$)`,
            message: `Dependency rule: ${words}.`,
        },
    ];
    const asType = [byClass];
    if (types.length > 0) {
        asType.push({
            regex: `^(?!(?:${allow.join("|")})$)(?:${types.join("|")})$`,
            allowTypeImports: true,
            message: `Dependency rule: ${words}. Use import type here.`,
        });
    }
    const dynamic = [...never, ...asType].map(({ regex, message }) => ({
        selector: `ImportExpression[source.value=/${regex.replaceAll("/", String.raw`\u002F`)}/]`,
        message,
    }));
    return {
        files: files.map((file) => (file.endsWith("**") ? `${file}/*.{ts,js}` : file)),
        rules: {
            // Two rules, because what one lets through as a type it lets through altogether.
            "no-restricted-imports": ["error", { patterns: never }],
            "@typescript-eslint/no-restricted-imports": ["error", { patterns: asType }],
            "no-restricted-syntax": ["error", ...dynamic],
        },
    };
}

export default defineConfig(
    { ignores: ["**/node_modules/", ".local/"] },
    { linterOptions: { reportUnusedDisableDirectives: "error" } },
    {
        files: ["**/*.ts"],
        extends: [tseslint.configs.recommended],
        languageOptions: {
            parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
        },
        rules: {
            curly: ["error", "multi-line"],
            eqeqeq: "error",
            "@typescript-eslint/await-thenable": "error",
            "@typescript-eslint/consistent-type-imports": "error",
            "@typescript-eslint/no-explicit-any": "error",
            "@typescript-eslint/no-floating-promises": "error",
            "@typescript-eslint/no-misused-promises": "error",
            "@typescript-eslint/no-unused-vars": [
                "error",
                { varsIgnorePattern: "^_", argsIgnorePattern: "^_" },
            ],
            "@typescript-eslint/only-throw-error": "error",
            "@typescript-eslint/switch-exhaustiveness-check": [
                "error",
                { considerDefaultExhaustiveForUnions: true },
            ],
        },
    },
    {
        files: ["**/*.js"],
        plugins: { "@typescript-eslint": tseslint.plugin },
        rules: { eqeqeq: "error", "no-unused-vars": "error", "prefer-const": "error" },
    },
    ...folders.map(dependencies),
);
