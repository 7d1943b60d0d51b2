/** What a pod does: it migrates, then serves. */
await import('../src/migrate.ts');
if (!process.exitCode) await import('../src/main.ts');
