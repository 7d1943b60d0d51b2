import { describe, expect, it, vi } from 'vitest';
import { endWithOthers, tellSignedOut } from '../src/auth/elsewhere.ts';

/** What the browser tells the other tabs. */
const toldByAnotherTab = (key: string) => {
  window.dispatchEvent(new StorageEvent('storage', { key, newValue: 'x' }));
};

describe('signing out in one tab', () => {
  it('ends what the others have', () => {
    const leave = vi.fn();
    endWithOthers(leave);
    tellSignedOut();
    const [key = ''] = Object.keys(localStorage);
    sessionStorage.setItem('oidc.user', 'token');
    toldByAnotherTab('theme');
    expect(leave).not.toHaveBeenCalled();
    expect(sessionStorage.getItem('oidc.user')).toBe('token');
    toldByAnotherTab(key);
    expect(sessionStorage.getItem('oidc.user')).toBeNull();
    expect(leave).toHaveBeenCalledOnce();
  });
});
