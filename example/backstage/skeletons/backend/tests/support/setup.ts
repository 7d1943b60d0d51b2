import { afterAll } from 'vitest';
import { stopApis } from './api.ts';

afterAll(stopApis);
