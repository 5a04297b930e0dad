// Starts the program with the demo province on a free port, and Chromium beside it.
import { chromium } from 'playwright-core';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { after, before } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const program = process.env.TONGBAN;

/** The password of everybody in the demo province. */
export const PASSWORD = 'Tongban-2026';
/** The telephone by which its citizen signs in. */
export const CITIZEN = '19900000900';
const root = fileURLToPath(new URL('../..', import.meta.url));

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The demo province, served; `stop` ends it and removes its data. */
async function startDemo() {
  const data = mkdtempSync(join(tmpdir(), 'tongban-browser-'));
  const demo = spawnSync(program, ['--data', data, 'demo'], { encoding: 'utf8', cwd: root });
  if (demo.status !== 0) throw new Error(`tongban demo failed: ${demo.stdout}${demo.stderr}`);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = spawn(program, ['--data', data, 'serve', '--demo', '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'pipe'], cwd: root });
  let log = '';
  server.stdout.on('data', (text) => (log += text));
  server.stderr.on('data', (text) => (log += text));
  const ended = new Promise((resolve) => server.once('exit', resolve));
  for (let tries = 0; ; tries += 1) {
    try {
      if ((await fetch(`${origin}/healthz`)).ok) break;
    } catch {
      if (tries > 600 || server.exitCode !== null) throw new Error(`the server did not start: ${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    origin,
    log: () => log,
    async stop() {
      server.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Chromium, without the traffic that it makes for itself. */
function startBrowser() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
}

export const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };
export const desktop = { viewport: { width: 1280, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };

/** Collects what a page complains about: script errors, blocked resources, missing islands. */
export function complaints(page) {
  const all = [];
  page.on('pageerror', (error) => all.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) all.push(`console: ${message.text()}`);
  });
  return all;
}

/** Waits until every island of the page has its code; a page without islands has none to wait for. */
export async function islandsStarted(page) {
  await page.waitForFunction(() => document.querySelectorAll('leptos-island').length === Number(document.documentElement.dataset.islands ?? 0), null, { timeout: 15000 });
}

/** Serious and critical findings of axe on the page as it is. The context needs `bypassCSP`. */
export async function axeFindings(page) {
  await page.addScriptTag({ content: axe });
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
  return result.violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`);
}

/** Whether the page is wider than its window. */
export function overflows(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
}

/** Signs in through the form whose fields have these names; the one for staff is folded away. */
export async function signIn(page, origin, userField, user, passwordField, password) {
  await page.goto(`${origin}/sign-in`);
  const form = page.locator(`form:has([name=${userField}])`);
  if (!(await form.isVisible())) await page.locator(`details:has([name=${userField}]) > summary`).click();
  await form.locator(`[name=${userField}]`).fill(user);
  await form.locator(`[name=${passwordField}]`).fill(password);
  await Promise.all([page.waitForNavigation(), form.locator('button').first().click()]);
  if (page.url().endsWith('/sign-in')) throw new Error(`${user} could not sign in`);
}

/** A valid number of nobody, under the region 990101 that was never assigned; `n` from 0 to 999, odd for a man. */
export function idNumber(birth, n) {
  const body = `990101${birth}${String(n).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((all, weight, at) => all + weight * Number(body[at]), 0);
  return body + '10X98765432'[sum % 11];
}

/** What the tests of a file walk through: the served demo, the browser, and the code of an item that can be booked. */
export let demo;
export let browser;
export let item;

/** Serves the demo and opens the browser for all tests of the file. */
export function begins() {
  before(async () => {
    demo = await startDemo();
    browser = await startBrowser();
    const items = await (await fetch(`${demo.origin}/api/v1/items`)).json();
    item = items.items.find((one) => one.basic_code === '000711001001').code;
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
  });
}
