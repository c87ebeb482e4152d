// The engine loads this file with require(), which strips no types; what is imported from here is stripped by Node itself.
if (process.features.typescript) {
    void import("./pack.ts");
} else {
    console.error(
        `The policy pack needs Node 22.18 or newer; this is ${process.version}. Put a newer node first on the PATH.`,
    );
    process.exit(1);
}
