import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The migrations of a version that has more than ours. */
export function folderWith(name: string, sql: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  cpSync('migrations', folder, { recursive: true });
  writeFileSync(join(folder, `${name}.sql`), sql);
  return folder;
}
