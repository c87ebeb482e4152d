/** What npm keeps of a package in `package-lock.json`, as far as it is read here. */
interface LockedPackage {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
    readonly peerDependencies?: Readonly<Record<string, string>>;
    readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A `package-lock.json` of version 3: every package by the folder that it is installed to; the root has none. */
export interface Lockfile {
    readonly name: string;
    readonly version: string;
    readonly lockfileVersion: number;
    readonly requires?: boolean;
    readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** A `package.json`, as far as its lock file repeats it. */
export interface Manifest {
    readonly name: string;
    readonly version: string;
    readonly license: string;
    readonly type: string;
    readonly dependencies: Readonly<Record<string, string>>;
}

/** The lock file of a project that needs less: the same packages in the same versions, for its own dependencies alone. */
export function lockFor(manifest: Manifest, whole: Lockfile): Lockfile {
    const { name, version, license, dependencies } = manifest;
    const needed = new Set<string>();
    const open: (readonly [string, LockedPackage])[] = [["", { dependencies }]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        for (const path of neededBy(...next, whole)) {
            const found = whole.packages[path];
            if (found === undefined || needed.has(path)) continue;
            needed.add(path);
            open.push([path, found]);
        }
    }
    const kept = Object.entries(whole.packages).filter(([path]) => needed.has(path));
    const packages = { "": { name, version, license, dependencies }, ...Object.fromEntries(kept) };
    return { ...whole, name, version, packages };
}

/** Where the packages are that one needs. Those which it only can use are left out, unless something else needs them. */
function neededBy(path: string, locked: LockedPackage, whole: Lockfile): readonly string[] {
    const { dependencies, optionalDependencies, peerDependencies = {} } = locked;
    const peers = Object.keys(peerDependencies).filter(
        (name) => locked.peerDependenciesMeta?.[name]?.optional !== true,
    );
    const names = [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
    return names.flatMap((name) => {
        const found = foldersFrom(path)
            .map((folder) => `${folder}node_modules/${name}`)
            .find((candidate) => candidate in whole.packages);
        return found ?? [];
    });
}

/** The folders in which Node looks for what a package requires, the closest first. */
function foldersFrom(path: string): readonly string[] {
    if (path === "") return [""];
    return [
        `${path}/`,
        ...foldersFrom(path.slice(0, Math.max(0, path.lastIndexOf("/node_modules/")))),
    ];
}
