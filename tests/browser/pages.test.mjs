// Every public page and the pages of staff in a real browser: no serious finding of axe, nothing wider than a phone, no complaint of
// the browser (scripts, blocked resources, missing islands), in both languages, in large type and without JavaScript.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axeFindings, begins, browser, CITIZEN, complaints, demo, desktop, idNumber, islandsStarted, item, overflows, PASSWORD, phone, signIn } from './harness.mjs';

begins();

const publicPages = () => [
  '/',
  '/search?q=%E7%BB%93%E5%A9%9A',
  '/items',
  `/items/${item}`,
  '/offices',
  `/book/${item}`,
  `/book/${item}?region=330102&office=330102-01`,
  '/check',
  '/sign-in',
  '/sign-up',
  '/reset',
  '/privacy',
  '/nothing-here',
];

async function visit(page, path) {
  const said = complaints(page);
  await page.goto(demo.origin + path, { waitUntil: 'load' });
  // A page that is left while its islands load complains of that, and the next one would be blamed.
  await islandsStarted(page);
  assert.deepEqual(said, [], `${path} complains`);
  assert.equal(await overflows(page), false, `${path} is wider than the window`);
  page.removeAllListeners('console');
  page.removeAllListeners('pageerror');
}

/** Visits every path with one context and lets axe look at it. */
async function look(options, paths, prepare) {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const page = await context.newPage();
  try {
    await prepare?.(page);
    for (const path of paths) {
      await visit(page, path);
      assert.deepEqual(await axeFindings(page), [], `axe on ${path}`);
    }
  } finally {
    await context.close();
  }
}

/** Presses a switch in the frame and sees on the page itself that it took effect. */
const switchTo = (action, selector) => async (page) => {
  await page.goto(demo.origin);
  assert.equal(await page.locator(selector).count(), 0, `${selector} before the switch`);
  await Promise.all([page.waitForNavigation(), page.locator(`form[action="${action}"] button`).first().click()]);
  assert.equal(await page.locator(selector).count(), 1, `${selector} after the switch`);
};

describe('public pages', () => {
  it('are sound on a desk', () => look(desktop, publicPages()));
  it('are sound on a phone', () => look(phone, publicPages()));
  it('are sound in English', () => look(phone, publicPages(), switchTo('/settings/language', 'html[lang^=en]')));
  it('are sound in large type', () => look(phone, publicPages(), switchTo('/settings/view', 'html.large')));

  it('keep to their own content security policy', async () => {
    const context = await browser.newContext(desktop);
    const page = await context.newPage();
    for (const path of publicPages()) await visit(page, path);
    await context.close();
  });

  it('start their islands', async () => {
    const context = await browser.newContext(desktop);
    const page = await context.newPage();
    await page.goto(demo.origin);
    await page.waitForSelector('html[data-ready]', { timeout: 15000 });
    await context.close();
  });

  it('find and check without JavaScript', async () => {
    const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(demo.origin);
    await page.locator('input[name=q]').fill('jhdj');
    await page.locator('form:has(input[name=q]) button').first().click();
    assert.match(await page.locator('main').innerText(), /结婚登记/);
    await page.goto(`${demo.origin}/check`);
    await page.locator('main form button').first().click();
    assert.match(await page.locator('main').innerText(), /要素不完整|MR-E48/);
    await context.close();
  });
});

describe('pages behind a sign-in', () => {
  it('a citizen sees what is his', () =>
    look(phone, ['/me', '/me/data', '/me/certificates', '/real-name', '/waiting'], (page) => signIn(page, demo.origin, 'contact', CITIZEN, 'password', PASSWORD)));

  it('a citizen books from the grid to the receipt', async () => {
    const context = await browser.newContext({ ...phone, bypassCSP: true });
    const page = await context.newPage();
    const sound = async (where) => {
      assert.deepEqual(await axeFindings(page), [], `axe on ${where}`);
      assert.equal(await overflows(page), false, `${where} is wider than the window`);
    };
    await signIn(page, demo.origin, 'contact', CITIZEN, 'password', PASSWORD);
    await page.goto(`${demo.origin}/book/${item}?region=330102&office=330102-01`);
    await Promise.all([page.waitForNavigation(), page.locator('button.slot:not([disabled])').nth(3).click()]);
    await sound('the details');
    const form = page.locator('form:has([name=b_name])');
    await form.locator('[name=b_name]').fill('王测试');
    await form.locator('[name=b_id_no]').fill(idNumber('19950612', 331));
    await Promise.all([page.waitForNavigation(), form.locator('button').first().click()]);
    await sound('the check of answers');
    await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()]);
    assert.match(await page.locator('main').innerText(), /预约成功/);
    await sound('the receipt');
    await context.close();
  });

  it('a registrar opens a case', async () => {
    const context = await browser.newContext({ ...desktop, bypassCSP: true });
    const page = await context.newPage();
    await signIn(page, demo.origin, 'username', 'registrar1', 'staff_password', PASSWORD);
    await page.goto(`${demo.origin}/desk/walk-in`);
    await Promise.all([page.waitForNavigation(), page.locator('main form button').first().click()]);
    assert.match(page.url(), /\/desk\/cases\//);
    assert.deepEqual(await axeFindings(page), [], 'axe on the case');
    assert.equal(await overflows(page), false, 'the case is wider than the window');
    await context.close();
  });

  it('kiosk, screen and tickets of the hall are sound', async () => {
    const context = await browser.newContext({ ...desktop, bypassCSP: true });
    const page = await context.newPage();
    await signIn(page, demo.origin, 'username', 'admin', 'staff_password', PASSWORD);
    await page.goto(`${demo.origin}/admin/halls/330102-01`);
    const words = await page.locator('main').innerText();
    const [kiosk, screen] = [/\/kiosk\/[a-z0-9]+/, /\/screen\/[a-z0-9]+/].map((address) => words.match(address)[0]);
    for (const options of [desktop, phone]) {
      const machine = await browser.newContext({ ...options, bypassCSP: true });
      const shown = await machine.newPage();
      for (const path of [kiosk, `${kiosk}/booked`, `${kiosk}/walk-in`, screen, '/halls/330102-01']) {
        await visit(shown, path);
        assert.deepEqual(await axeFindings(shown), [], `axe on ${path}`);
      }
      await machine.close();
    }
    await context.close();
  });

  // Whoever adds a page and links to it has it looked at here, without another line.
  const roles = [
    ['a citizen', '/me', ['contact', CITIZEN, 'password', PASSWORD], phone],
    ['a registrar', '/desk', ['username', 'registrar1', 'staff_password', PASSWORD], desktop],
    ['a head', '/statistics', ['username', 'head1', 'staff_password', PASSWORD], desktop],
    ['an administrator', '/admin', ['username', 'admin', 'staff_password', PASSWORD], desktop],
    ['an auditor', '/admin', ['username', 'auditor', 'staff_password', PASSWORD], desktop],
    ['an editor', '/admin', ['username', 'editor', 'staff_password', PASSWORD], desktop],
    ['a publisher', '/admin', ['username', 'publisher', 'staff_password', PASSWORD], desktop],
  ];
  for (const [who, from, account, options] of roles) {
    it(`${who} finds every page sound that links lead to from ${from}`, async () => {
      const context = await browser.newContext({ ...options, bypassCSP: true });
      const page = await context.newPage();
      await signIn(page, demo.origin, ...account);
      const { visited, faults } = await crawl(page, from);
      assert.ok(visited.length >= 3, `only ${visited.join(' ')}`);
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
});

/**
 * Kinds of pages of which each is visited once: identifiers, numbers and dates in the path do not make another one, nor does what several
 * filters are set to: there are as many ways to set them as there are sets of them.
 */
const kind = (url) => {
  const keys = [...new Set(url.searchParams.keys())];
  return url.pathname.split('/').map((part) => (/\d/.test(part) ? ':' : part)).join('/') + (keys.length > 1 ? '?several' : keys.join());
};

/** Kinds that somebody has been led to already. */
const known = new Set();

/**
 * Follows links from `start` and lets axe look at each page: up to three of a kind, one of a kind that an earlier visitor was led to.
 * Returns what it visited and all that is wrong.
 */
async function crawl(page, start) {
  const waiting = [start];
  const visited = [];
  const faults = [];
  const kinds = new Map();
  while (waiting.length > 0) {
    const path = waiting.shift();
    const of = kind(new URL(path, demo.origin));
    const times = kinds.get(of) ?? 0;
    if (visited.includes(path) || times >= (known.has(of) ? 1 : 3) || publicPages().includes(path)) continue;
    kinds.set(of, times + 1);
    visited.push(path);
    try {
      await visit(page, path);
      assert.deepEqual(await axeFindings(page), [], `axe on ${path}`);
    } catch (error) {
      if (/Download is starting/.test(error.message)) continue;
      faults.push(`${path}: ${error.message}`);
    }
    const links = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href').split('#')[0]));
    // Files are not pages.
    waiting.push(...links.filter((href) => href !== '' && !/\.(pdf|ics|csv|xlsx|json|zip|html)\b|\/(photo|scan|file)s?\b/.test(href)));
  }
  for (const of of kinds.keys()) known.add(of);
  return { visited, faults };
}
