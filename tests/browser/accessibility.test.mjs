// What the standard asks for and only a browser can show (P11): contrast, targets of the large type, reflow, the keyboard, what a screen
// reader is told, the end of a session, tables on a phone, the guide on paper. The rule that a test shows stands at its beginning.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { axeFindings, begins, browser, CITIZEN, demo, desktop, item, overflows, PASSWORD, phone, signIn } from './harness.mjs';

begins();

const office = () => `/book/${item}?region=330102&office=330102-01`;
const publicPages = () => ['/', '/search?q=%E7%BB%93%E5%A9%9A', '/items', `/items/${item}`, '/offices', office(), '/check', '/sign-in', '/sign-up', '/reset', '/complaints', '/accessibility'];
const citizenPages = ['/me', '/me/data', '/me/contacts', '/me/notices/preferences', '/me/certificates', '/bookings', '/notices', '/waiting'];

/** A page of its own, closed afterwards. */
async function withPage(options, act) {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  try {
    return await act(await context.newPage());
  } finally {
    await context.close();
  }
}

const asCitizen = (page) => signIn(page, demo.origin, 'contact', CITIZEN, 'password', PASSWORD);
const toLarge = async (page) => {
  await page.goto(demo.origin);
  await Promise.all([page.waitForNavigation(), page.locator('#view-switch button').click()]);
};

describe('P11-1 contrast', () => {
  const made = (colour) => `<!DOCTYPE html><html lang="zh-CN"><title>x</title><body style="background:#fff"><main><p style="color:${colour};font-size:16px">办事指南</p></main>`;

  it('P11-1 the check fails text of #777777 on white and passes #767676', () =>
    withPage(desktop, async (page) => {
      await page.setContent(made('#777777'));
      assert.match((await axeFindings(page)).join(), /^color-contrast \(serious\)/);
      await page.setContent(made('#767676'));
      assert.deepEqual(await axeFindings(page), []);
    }));
});

describe('large type', () => {
  /** What can be pressed or filled in and is smaller than it must be. Links in running text are as high as their line. */
  const small = (page) =>
    page.evaluate(() => {
      const found = [];
      for (const target of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
        if (!target.checkVisibility({ checkVisibilityCSS: true }) || target.closest('.skip, .visually-hidden, dialog:not([open])')) continue;
        if (target.closest('details:not([open])') && target.tagName !== 'SUMMARY') continue;
        const label = target.matches('[type=radio], [type=checkbox]') ? target.closest('.choice') ?? target : target;
        const box = label.getBoundingClientRect();
        const main = target.matches('.button, .input, .slot, .choice *');
        const inText = !main && target.matches('a') && getComputedStyle(target).display === 'inline';
        if (inText || box.width === 0) continue;
        const least = main ? 60 : 44;
        // What is as wide as its words is wide enough if it is as high as it must be; half a pixel is rounding.
        if (box.height < least - 0.5 || box.width < Math.min(least, 44) - 0.5) {
          found.push(`${target.tagName} ${target.className} "${target.textContent.trim().slice(0, 12)}" ${Math.round(box.width)}×${Math.round(box.height)}`);
        }
      }
      return found;
    });

  it('main components have 60 by 60, all others 44 by 44', () =>
    withPage(phone, async (page) => {
      await toLarge(page);
      await asCitizen(page);
      const found = [];
      for (const path of [...publicPages(), ...citizenPages]) {
        await page.goto(demo.origin + path);
        found.push(...(await small(page)).map((one) => `${path}: ${one}`));
        assert.equal(await overflows(page), false, `${path} is wider than the window`);
      }
      assert.deepEqual(found, []);
      // The measure itself: a main button of 58 by 60 is found.
      await page.goto(`${demo.origin}/check`);
      await page.evaluate(() => Object.assign(document.querySelector('main .button').style, { minHeight: '0', height: '58px' }));
      assert.equal((await small(page)).length, 1);
    }));

  it('P11-2 what was chosen on a phone holds on a computer after signing in', async () => {
    await withPage(phone, async (page) => {
      await asCitizen(page);
      await page.goto(demo.origin);
      await Promise.all([page.waitForNavigation(), page.locator('#view-switch button').click()]);
    });
    await withPage(desktop, async (page) => {
      await page.goto(demo.origin);
      assert.equal(await page.locator('html.large').count(), 0);
      await asCitizen(page);
      await page.goto(demo.origin);
      assert.equal(await page.locator('html.large').count(), 1);
      const size = await page.locator('main p').first().evaluate((p) => parseFloat(getComputedStyle(p).fontSize));
      assert.ok(size >= 22, `text has ${size} px`);
      await Promise.all([page.waitForNavigation(), page.locator('#view-switch button').click()]);
    });
  });

  it('is reached within two tabs after the skip link', () =>
    withPage(desktop, async (page) => {
      await page.goto(demo.origin);
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
      const reached = [];
      for (let tab = 0; tab < 2; tab += 1) {
        await page.keyboard.press('Tab');
        reached.push(await page.evaluate(() => document.activeElement.textContent.trim()));
      }
      assert.ok(reached.includes('长辈版'), reached.join());
    }));
});

describe('reflow', () => {
  for (const [name, options] of [
    ['at 200 % of 1280 px', { ...desktop, viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
    ['at 320 px', { ...desktop, viewport: { width: 320, height: 256 } }],
  ]) {
    it(`${name} nothing is lost and nothing is wider than the window`, () =>
      withPage(options, async (page) => {
        await asCitizen(page);
        for (const path of [...publicPages(), ...citizenPages]) {
          await page.goto(demo.origin + path);
          assert.equal(await overflows(page), false, `${path} is wider than the window`);
          const cut = await page.evaluate(() =>
            [...document.querySelectorAll('main h1, main a[href], main button, main label, main p')]
              .filter((one) => one.checkVisibility() && !one.closest('.visually-hidden, .tabs, details:not([open])'))
              .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
              .map((one) => one.textContent.trim().slice(0, 20)),
          );
          assert.deepEqual(cut, [], `${path} cuts words off`);
        }
      }));
  }

  it('a table of fourteen columns becomes cards with labels on a phone', () =>
    withPage(phone, async (page) => {
      await page.goto(`${demo.origin}/check`);
      await page.evaluate(() => {
        const columns = Array.from({ length: 14 }, (_, n) => `第${n + 1}列`);
        const cells = columns.map((label, n) => (n === 0 ? `<th scope="row" data-label="${label}">甲</th>` : `<td data-label="${label}">内容${n}内容${n}内容${n}</td>`));
        const head = columns.map((label) => `<th scope="col">${label}</th>`).join('');
        document.querySelector('main').innerHTML = `<h1>表</h1><div class="table-wrap"><table class="data"><caption>表</caption><thead><tr>${head}</tr></thead><tbody><tr>${cells.join('')}</tr></tbody></table></div>`;
      });
      assert.equal(await overflows(page), false);
      const seen = await page.evaluate(() => {
        const wrap = document.querySelector('.table-wrap');
        const cells = [...document.querySelectorAll('tbody td')];
        const labels = cells.map((cell) => getComputedStyle(cell, '::before').content);
        const below = cells.every((cell, n) => n === 0 || cell.getBoundingClientRect().top >= cells[n - 1].getBoundingClientRect().bottom - 1);
        return { scrolls: wrap.scrollWidth > wrap.clientWidth + 1, labels, below };
      });
      assert.deepEqual(seen, { scrolls: false, labels: Array.from({ length: 13 }, (_, n) => `"第${n + 2}列"`), below: true });
    }));
});

describe('keyboard', () => {
  /** Where the focus is, and whether it can be seen. */
  const focus = (page) =>
    page.evaluate(() => {
      const at = document.activeElement;
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      const around = at.closest('.slot') ? getComputedStyle(at.closest('.slot')) : style;
      const seen = [style, around].some((one) => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 2);
      return { name: at.getAttribute('name') ?? '', tag: at.tagName, top: Math.round(box.top + scrollY), left: Math.round(box.left), seen, inMain: Boolean(at.closest('main')) };
    });

  it('an application form is walked through in the order in which it is seen, and sent by Enter', () =>
    withPage(desktop, async (page) => {
      await asCitizen(page);
      await page.goto(demo.origin + office());
      await Promise.all([page.waitForNavigation(), page.locator('button.slot:not([disabled])').nth(5).click()]);
      await page.locator('main').focus();
      const stops = [];
      for (let tab = 0; tab < 60; tab += 1) {
        await page.keyboard.press('Tab');
        const stop = await focus(page);
        if (!stop.inMain) break;
        stops.push(stop);
      }
      assert.ok(stops.length >= 4, JSON.stringify(stops));
      for (const [n, stop] of stops.entries()) {
        assert.ok(stop.seen, `no ring at ${stop.tag} ${stop.name}`);
        const earlier = stops[n - 1];
        if (earlier) assert.ok(stop.top > earlier.top - 8 || stop.left > earlier.left, `${stop.name} stands before ${earlier.name}`);
      }
      const names = stops.map((stop) => stop.name);
      assert.ok(names.includes('b_name') && names.includes('b_id_no'), names.join());
      await page.locator('[name=b_name]').fill('王测试');
      await page.locator('[name=b_id_no]').fill('990101200405200018');
      await Promise.all([page.waitForNavigation(), page.locator('[name=b_id_no]').press('Enter')]);
      assert.equal(await page.locator('#summary').count(), 1, 'sent, and answered');
    }));

  it('P11-4 a wrong number takes the focus to what is wrong, is told as an alert, and leads to the field', () =>
    withPage(desktop, async (page) => {
      await asCitizen(page);
      await page.goto(demo.origin + office());
      await Promise.all([page.waitForNavigation(), page.locator('button.slot:not([disabled])').nth(5).click()]);
      await page.locator('[name=b_name]').fill('王测试');
      await page.locator('[name=b_id_no]').fill('990101200405200018');
      await Promise.all([page.waitForNavigation(), page.locator('form:has([name=b_name]) button').first().click()]);
      assert.equal(await page.evaluate(() => document.activeElement.id), 'summary');
      const alert = page.getByRole('alert');
      assert.match(await alert.ariaSnapshot(), /alert "请先改正下面几处":[^]*link "[^"]*身份证号码校验位不正确[^"]*"/);
      await alert.getByRole('link', { name: /校验位/ }).press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'b_id_no');
      assert.equal(await page.locator('#b_id_no').getAttribute('aria-invalid'), 'true');
      assert.equal(await page.locator('[name=b_name]').inputValue(), '王测试');
    }));

  it('P11-3 two minutes before the end it is asked whether to go on, and what was typed stays', () =>
    withPage(desktop, async (page) => {
      await asCitizen(page);
      await page.clock.install();
      await page.goto(`${demo.origin}/me/contacts`);
      await page.waitForSelector('html[data-ready]');
      await page.locator('[name=contact]').fill('li@example.cn');
      await page.clock.fastForward('27:30');
      assert.equal(await page.locator('#session-dialog').isVisible(), false);
      await page.clock.fastForward('00:40');
      const dialog = page.getByRole('dialog', { name: '页面将于2分钟后超时，点击继续办理' });
      await dialog.waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), '继续办理');
      await Promise.all([page.waitForResponse(/\/me\/session$/), page.keyboard.press('Enter')]);
      await dialog.waitFor({ state: 'hidden' });
      assert.equal(await page.locator('[name=contact]').inputValue(), 'li@example.cn');
    }));
});

describe('screen readers', () => {
  const folder = fileURLToPath(new URL('./trees/', import.meta.url));

  /** What a screen reader is told, against the file; `TREES=write` writes the files anew. What differs from day to day is left out. */
  const told = (name, tree) => {
    const text = `${tree.replace(/:\n\s*- \/url: .*$/gm, '').replace(/\d{4}年\d{1,2}月\d{1,2}日（周.）/g, '某日').replace(/\d+月\d+日|\d{2}:\d{2}|余 \d+/g, '…').replace(/[0-9a-z]{26}|[0-9a-f]{64}|(?<=……)[0-9a-f]{12}/g, '…')}\n`;
    const file = `${folder}${name}.yml`;
    if (process.env.TREES === 'write') writeFileSync(file, text);
    assert.equal(text, readFileSync(file, 'utf8'), name);
  };

  const whole = [
    ['home', () => '/'],
    ['sign-in', () => '/sign-in'],
    ['sign-up', () => '/sign-up'],
    ['check', () => '/check'],
    ['accessibility', () => '/accessibility'],
    ['guide', () => `/items/${item}`],
  ];
  for (const [name, path] of whole) {
    it(`are told the page ${name} in its order, with names and roles`, () =>
      withPage(desktop, async (page) => {
        await page.goto(demo.origin + path());
        await page.waitForSelector('html[data-ready]');
        // Which services there are belongs to the catalogue, not to the page.
        await page.evaluate(() => document.querySelectorAll('.service-more, #more, .home-notices').forEach((one) => one.remove()));
        told(name, await page.locator('body').ariaSnapshot());
      }));
  }

  it('find a name on everything that can be pressed or filled in, and headings in order', () =>
    withPage(desktop, async (page) => {
      await asCitizen(page);
      for (const path of [...publicPages(), ...citizenPages]) {
        await page.goto(demo.origin + path);
        const tree = await page.locator('body').ariaSnapshot();
        assert.doesNotMatch(tree, /- (link|button|textbox|combobox|checkbox|radio|searchbox)( \[[^\]]*\])*:?$/m, `${path} has something without a name`);
        const levels = [...tree.matchAll(/heading "[^"]*" \[level=(\d)\]/g)].map((found) => Number(found[1]));
        assert.equal(levels[0], 1, `${path} begins with its title`);
        levels.reduce((before, level) => (assert.ok(level <= before + 1, `${path} skips a level: ${levels}`), level), 0);
      }
    }));
});

describe('paper', () => {
  it('the printed guide has 16 points and more, and the text for Braille is there to be taken', () =>
    withPage(desktop, async (page) => {
      await page.goto(`${demo.origin}/items/${item}/print`);
      await page.emulateMedia({ media: 'print' });
      const sizes = await page.locator('.guide-sheet').evaluate((sheet) =>
        [...sheet.querySelectorAll('*')].filter((one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim())).map((one) => parseFloat(getComputedStyle(one).fontSize) * 0.75),
      );
      assert.ok(sizes.length > 20 && Math.min(...sizes) > 15.99, `the smallest is ${Math.min(...sizes)} pt`);
      await page.emulateMedia({ media: null });
      await page.goto(`${demo.origin}/items/${item}`);
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载纯文本' }).click()]);
      assert.equal(file.suggestedFilename(), '000711001001.txt');
    }));
});

describe('P11-8 nothing foreign', () => {
  it('P11-8 no page asks any other place for anything', () =>
    withPage(desktop, async (page) => {
      const asked = [];
      page.on('request', (request) => new URL(request.url()).origin !== demo.origin && asked.push(request.url()));
      await asCitizen(page);
      for (const path of [...publicPages(), ...citizenPages]) await page.goto(demo.origin + path, { waitUntil: 'load' });
      assert.deepEqual(asked, []);
    }));
});
