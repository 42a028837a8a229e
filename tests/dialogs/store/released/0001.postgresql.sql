CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answers (
    filing_id text NOT NULL,
    item text NOT NULL,
    state text NOT NULL,
    value text,
    provisional integer DEFAULT 0 NOT NULL,
    basis text DEFAULT ''::text NOT NULL,
    ver integer DEFAULT 1 NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.conversations (
    chat text NOT NULL,
    person_id text NOT NULL,
    filing_id text,
    state text NOT NULL,
    ver integer DEFAULT 1 NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.documents (
    id text NOT NULL,
    filing_id text NOT NULL,
    version integer NOT NULL,
    document text NOT NULL,
    title text NOT NULL,
    edition text NOT NULL,
    inputs text NOT NULL,
    total text NOT NULL,
    grade text NOT NULL,
    gaps integer DEFAULT 0 NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL,
    sha256 text,
    content bytea
);
CREATE TABLE public.editions (
    edition text NOT NULL,
    form_id text NOT NULL,
    sources text NOT NULL
);
CREATE TABLE public.filings (
    id text NOT NULL,
    unit_id text NOT NULL,
    year integer NOT NULL,
    form_id text NOT NULL,
    project text DEFAULT ''::text NOT NULL,
    edition text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    documents integer DEFAULT 0 NOT NULL
);
CREATE TABLE public.history (
    id bigint NOT NULL,
    filing_id text NOT NULL,
    item text NOT NULL,
    old text,
    new text,
    person_id text NOT NULL,
    at bigint NOT NULL,
    inbox_id bigint,
    message bigint DEFAULT 0 NOT NULL
);
CREATE SEQUENCE public.history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.history_id_seq OWNED BY public.history.id;
CREATE TABLE public.inbox (
    id bigint NOT NULL,
    channel text NOT NULL,
    bot text NOT NULL,
    update_id bigint NOT NULL,
    chat text NOT NULL,
    person text NOT NULL,
    body text NOT NULL,
    at bigint NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    not_before bigint DEFAULT 0 NOT NULL,
    error text DEFAULT ''::text NOT NULL,
    CONSTRAINT ck_inbox_state CHECK ((state = ANY (ARRAY['new'::text, 'done'::text, 'parked'::text])))
);
CREATE SEQUENCE public.inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.inbox_id_seq OWNED BY public.inbox.id;
CREATE TABLE public.memberships (
    person_id text NOT NULL,
    unit_id text NOT NULL,
    role text NOT NULL,
    CONSTRAINT ck_memberships_role CHECK ((role = ANY (ARRAY['filler'::text, 'reviewer'::text, 'observer'::text, 'administrator'::text])))
);
CREATE TABLE public.outbox (
    id bigint NOT NULL,
    chat text NOT NULL,
    inbox_id bigint,
    kind text NOT NULL,
    body text NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    lease_until bigint DEFAULT 0 NOT NULL,
    not_before bigint DEFAULT 0 NOT NULL,
    message_id bigint,
    ambiguous integer DEFAULT 0 NOT NULL,
    error text DEFAULT ''::text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT ck_outbox_state CHECK ((state = ANY (ARRAY['new'::text, 'sending'::text, 'sent'::text, 'parked'::text])))
);
CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;
CREATE TABLE public.people (
    id text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.units (
    id text NOT NULL,
    name text NOT NULL,
    created_at bigint NOT NULL
);
ALTER TABLE ONLY public.history ALTER COLUMN id SET DEFAULT nextval('public.history_id_seq'::regclass);
ALTER TABLE ONLY public.inbox ALTER COLUMN id SET DEFAULT nextval('public.inbox_id_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0001');
INSERT INTO public.answers VALUES ('00000005', 'staff', 'given', '"31"', 0, '', 1, '00000001', 1614556800);
INSERT INTO public.answers VALUES ('00000005', 'quota', 'given', '"40"', 0, '', 2, '00000001', 1614556800);
INSERT INTO public.answers VALUES ('00000019', 'quota', 'given', '"37"', 0, '', 1, '00000015', 1614556800);
INSERT INTO public.answers VALUES ('00000019', 'staff', 'given', '"31"', 0, '', 1, '00000015', 1614556800);
INSERT INTO public.conversations VALUES ('test:1', '00000001', '00000005', '{"screen":"contents","item":"","turn":"00000022","actions":["contents","continue"],"labels":["目录","继续填"],"before":"00000014","pending":{},"revisited":[],"undo":[{"item":"quota","old":{"state":"given","value":"\"37\"","provisional":false,"basis":""},"new":{"state":"given","value":"\"40\"","provisional":false,"basis":""}}],"latest":"quota"}', 9, 1614556800);
INSERT INTO public.conversations VALUES ('test:2', '00000015', '00000019', '{"screen":"question","item":"retired","turn":"00000023","actions":["nothing","skip","back","explain","contents","provisional:staff","printed:staff"],"labels":["无","跳过","上一题","说明","目录","上题标为暂估","上题看原文"],"before":"00000021","pending":{},"revisited":[],"undo":[],"latest":"staff"}', 5, 1614556800);
INSERT INTO public.documents VALUES ('00000011', '00000005', 1, 'report', '小报告', '20a93bf1fabc', '{"quota": {"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}}', '20', '', 16, '00000001', 1614556800, NULL, NULL);
INSERT INTO public.documents VALUES ('00000012', '00000005', 1, 'table', '小评分表', '20a93bf1fabc', '{"quota": {"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}}', '20', '', 16, '00000001', 1614556800, NULL, NULL);
INSERT INTO public.documents VALUES ('00000013', '00000005', 1, 'complete', '小全套', '20a93bf1fabc', '{"quota": {"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}}', '20', '', 16, '00000001', 1614556800, NULL, NULL);
INSERT INTO public.editions VALUES ('20a93bf1fabc', 'small/tiny', '{"pack.yaml": "\ncounty: 小县\ntitle: 小县套表\nyear: 2020\ngrades: [{name: 优, from: 90}, {name: 良, from: 80}, {name: 中, from: 60}, {name: 差, from: 0}]\n", "tiny/form.yaml": "\ntitle: 小表\nintro: 题目不多。\nsections:\n  - id: people\n    title: 人员\n    intro: 先说人数。\n    items:\n      - {id: quota, type: count, label: 编制数, unit: 人, ask: 核定编制多少人？, source: 编制批复, help: 看批文。, good: 37}\n      - {id: staff, type: count, label: 在职人数, unit: 人, ask: 年末在职多少人？, good: 31}\n      - {id: retired, type: count, label: 退休人数, unit: 人, optional: true}\n  - id: money\n    title: 经费\n    items:\n      - id: reception\n        type: row\n        label: 公务接待\n        columns:\n          - {id: prior_final, label: 上年决算, last_year: final}\n          - {id: budget, label: 本年预算}\n          - {id: final, label: 本年决算}\n      - {id: buying, type: money, label: 政府采购预算, not_applicable: 本年度没有政府采购}\n      - {id: bought, type: money, label: 实际政府采购, when: buying > 0}\n      - {id: carry, type: money, label: 本年结转}\n      - {id: carry_prior, type: money, label: 上年结转}\n      - {id: progress, type: percent, label: 支付进度}\n      - id: projects\n        type: rows\n        label: 项目\n        columns: [{id: name, label: 名称, type: text}, {id: budget, label: 预算}]\n  - id: quality\n    title: 质量\n    items:\n      - id: goals\n        type: checklist\n        label: 目标要点\n        criteria:\n          - {id: law, text: 符合法律法规}\n          - {id: plan, text: 符合规划}\n          - {id: misuse, text: 存在挪用, bad: true}\n      - {id: wrongs, type: instances, label: 违规例数}\n      - {id: has_fund, type: yes_no, label: 有政府性基金}\n      - {id: fund_text, type: long_text, label: 基金情况, when: has_fund}\n      - {id: nature, type: choice, label: 单位性质, options: [{id: full, text: 全额}, {id: part, text: 差额}]}\n      - {id: outside, type: external_score, label: 绩效办得分}\n      - {id: benefit, type: manual_score, label: 社会效益, max: 20}\n  - id: words\n    title: 文字\n    items:\n      - {id: problems, type: long_text, label: 存在的问题}\n      - {id: filler, type: person, label: 填表人}\n      - {id: phone, type: phone, label: 联系电话}\n      - {id: filled_on, type: date, label: 填报日期}\n", "tiny/indicators.yaml": "\nindicators:\n  - id: all\n    name: 全部\n    weight: 100\n    children:\n      - {id: i_staff, name: 在职人员控制率, weight: 20, printed_rule: ≤100%计满分；每超过1个百分点扣0.5分。,\n         rule: {kind: ratio_step, metric: staff / quota, target: 100, direction: above, step: 1, deduct: 0.5}}\n      - {id: i_buy, name: 政府采购执行率, weight: 10, printed_rule: 100%计满分，每超过（降低）5%扣1分。,\n         rule: {kind: ratio_step, metric: bought / buying, target: 100, direction: both, step: 5, deduct: 1}}\n      - {id: i_carry, name: 结转变动率, weight: 10, printed_rule: 0%计满分，每超过5%扣1分。,\n         rule: {kind: ratio_step, metric: (carry - carry_prior) / carry_prior, target: 0, direction: above, step: 5, deduct: 1}}\n      - {id: i_goals, name: 目标合理性, weight: 20, printed_rule: 三个要点。,\n         rule: {kind: checklist_add, item: goals, points: [5, 5, 10]}}\n      - {id: i_wrongs, name: 合规性, weight: 10, printed_rule: 每例扣2分。, rule: {kind: deduct_per_item, item: wrongs, deduct: 2}}\n      - {id: i_outside, name: 重点工作, weight: 10, printed_rule: 折算。, rule: {kind: converted, item: outside, mode: scale}}\n      - {id: i_benefit, name: 社会效益, weight: 20, printed_rule: 酌情。, rule: {kind: discretionary, item: benefit}}\n", "tiny/checks.yaml": "\ncomputed:\n  - {id: staff_rate, label: 控制率, formula: staff / quota * 100, unit: \"%\"}\nchecks:\n  - {id: reception_over, code: OVER_BUDGET, severity: 需说明, that: reception.final <= reception.budget,\n     say: \"公务接待决算 {left} 大于预算 {right}\"}\n  - {id: over_quota, code: RATIO, severity: 错误, that: staff <= quota * 2, say: \"在职 {left} 远多于编制 {right}\"}\n", "tiny/documents.yaml": "\ndocuments:\n  - {id: report, title: 小报告, template: tiny/report.docx.j2}\n  - {id: table, title: 小评分表, template: tiny/table.docx.j2}\n  - {id: complete, title: 小全套, parts: [report, table]}\n"}');
INSERT INTO public.filings VALUES ('00000005', '00000004', 2020, 'small/tiny', '', '20a93bf1fabc', '00000001', 1614556800, 1);
INSERT INTO public.filings VALUES ('00000019', '00000018', 2020, 'small/tiny', '', '20a93bf1fabc', '00000015', 1614556800, 0);
INSERT INTO public.history VALUES (1, '00000005', 'quota', NULL, '{"state": "given", "value": "\"37\"", "provisional": false, "basis": ""}', '00000001', 1614556800, 4, 0);
INSERT INTO public.history VALUES (2, '00000005', 'staff', NULL, '{"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}', '00000001', 1614556800, 4, 0);
INSERT INTO public.history VALUES (3, '00000005', 'quota', '{"state": "given", "value": "\"37\"", "provisional": false, "basis": ""}', '{"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}', '00000001', 1614556800, 7, 0);
INSERT INTO public.history VALUES (4, '00000019', 'quota', NULL, '{"state": "given", "value": "\"37\"", "provisional": false, "basis": ""}', '00000015', 1614556800, 12, 0);
INSERT INTO public.history VALUES (5, '00000019', 'staff', NULL, '{"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}', '00000015', 1614556800, 14, 0);
INSERT INTO public.inbox VALUES (1, 'test', 'bot', 1000001, 'test:1', 'test:1', '{"said": "/start", "chat": "test:1"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (2, 'test', 'bot', 1000002, 'test:1', 'test:1', '{"said": "\u5c0f\u53bf\u4e2d\u5fc3", "chat": "test:1"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (3, 'test', 'bot', 1000003, 'test:1', 'test:1', '{"pressed": "00000003.0", "chat": "test:1"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (4, 'test', 'bot', 1000004, 'test:1', 'test:1', '{"said": "\u7f16\u5236\u6570 37\n\u5728\u804c\u4eba\u6570 31", "chat": "test:1"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (5, 'test', 'bot', 1000005, 'test:1', 'test:1', '{"said": "\u7b2c1\u9898", "chat": "test:1"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (6, 'test', 'bot', 1000006, 'test:1', 'test:1', '{"said": "40", "chat": "test:1"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (7, 'test', 'bot', 1000007, 'test:1', 'test:1', '{"pressed": "00000009.0", "chat": "test:1"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (8, 'test', 'bot', 1000008, 'test:1', 'test:1', '{"said": "\u751f\u6210\u8349\u7a3f", "chat": "test:1"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (9, 'test', 'bot', 2000001, 'test:2', 'test:2', '{"said": "/start", "chat": "test:2"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (10, 'test', 'bot', 2000002, 'test:2', 'test:2', '{"said": "\u90bb\u53bf\u4e2d\u5fc3", "chat": "test:2"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (11, 'test', 'bot', 2000003, 'test:2', 'test:2', '{"pressed": "00000017.0", "chat": "test:2"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (12, 'test', 'bot', 2000004, 'test:2', 'test:2', '{"said": "37", "chat": "test:2"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (13, 'test', 'bot', 1000009, 'test:1', 'test:1', '{"said": "31", "chat": "test:1"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (14, 'test', 'bot', 2000005, 'test:2', 'test:2', '{"said": "31", "chat": "test:2"}', 1614556800, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (15, 'test', 'bot', 1000010, 'test:1', 'test:1', '{"said": "6", "chat": "test:1"}', 1614556800, 'new', 0, 0, '');
INSERT INTO public.memberships VALUES ('00000001', '00000004', 'filler');
INSERT INTO public.memberships VALUES ('00000015', '00000018', 'filler');
INSERT INTO public.outbox VALUES (1, 'test:1', 1, 'message', '{"text": "你好，我是自评助手。\n绩效自评的表我陪你一题一题填：你说数字，我来算分、核对、排版，最后把 Word 文件交给你。随时可以停下，下次接着来。\n\n先告诉我：你们单位的全称是？", "buttons": [], "edits": 0}', 'sent', 1, 1614556980, 0, 1, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (2, 'test:1', 2, 'message', '{"text": "单位：小县中心\n要填的是：2020年度小表\n\n没问题的话就开始吧。", "buttons": [[{"text": "对，开始", "token": "00000003.0"}, {"text": "名称不对", "token": "00000003.1"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 2, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (3, 'test:1', 3, 'message', '{"text": "小县中心 · 2020年度\n小表\n题目不多。\n一共 19 题。答错了随时能改，想停就停，我都记着。\n可以一次发好几行，例如“编制数 37”换行“在职人数 31”。\n\n【人员】第 1 题 · 本节 1/3　░░░░░░░░░░ 0/19\n先说人数。\n\n核定编制多少人？（单位：人）", "buttons": [[{"text": "跳过", "token": "00000006.0"}, {"text": "说明", "token": "00000006.1"}, {"text": "目录", "token": "00000006.2"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 3, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (4, 'test:1', 4, 'message', '{"text": "一次记下 2 项：\n√ 编制数 37 人\n√ 在职人数 31 人\n在职人员控制率：31÷37＝83.78% ≤ 100% → 满分 20 分\n目前 20 分，还有 80 分没评\n\n【人员】第 3 题 · 本节 3/3　▓░░░░░░░░░ 2/19\n\n退休人数（单位：人）", "buttons": [[{"text": "无", "token": "00000007.0"}], [{"text": "跳过", "token": "00000007.1"}, {"text": "上一题", "token": "00000007.2"}, {"text": "说明", "token": "00000007.3"}, {"text": "目录", "token": "00000007.4"}], [{"text": "撤销刚才的", "token": "00000007.5"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 4, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (5, 'test:1', 5, 'message', '{"text": "【人员】第 1 题 · 本节 1/3　▓░░░░░░░░░ 2/19\n\n核定编制多少人？（单位：人）\n现在的答案：37 人", "buttons": [[{"text": "保持原答案", "token": "00000008.0"}], [{"text": "说明", "token": "00000008.1"}, {"text": "目录", "token": "00000008.2"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 5, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (6, 'test:1', 6, 'message', '{"text": "要把“编制数”从 37 人 改成 40 人。\n改后：得分不变（20 分）\n确认改吗？", "buttons": [[{"text": "确认", "token": "00000009.0"}, {"text": "取消", "token": "00000009.1"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 6, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (7, 'test:1', 7, 'message', '{"text": "已改：编制数 40 人。\n\n【人员】第 3 题 · 本节 3/3　▓░░░░░░░░░ 2/19\n\n退休人数（单位：人）", "buttons": [[{"text": "无", "token": "00000010.0"}], [{"text": "跳过", "token": "00000010.1"}, {"text": "上一题", "token": "00000010.2"}, {"text": "说明", "token": "00000010.3"}, {"text": "目录", "token": "00000010.4"}], [{"text": "撤销刚才的", "token": "00000010.5"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 7, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (8, 'test:1', 8, 'message', '{"text": "第 1 版草稿正在生成，马上发给你。\n还有 16 题没填，文中印成〔待填n〕；发题号 n 就能跳过去补。\n得分 20 分。", "buttons": [[{"text": "要单独的文件", "token": "00000014.0"}], [{"text": "下一个待填", "token": "00000014.1"}], [{"text": "检查一遍", "token": "00000014.2"}, {"text": "目录", "token": "00000014.3"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 8, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (9, 'test:1', 8, 'file', '{"document": "00000013", "caption": "小全套（第 1 版，草稿）"}', 'sent', 1, 1614556980, 0, 9, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (10, 'test:1', 8, 'picture', '{"document": "00000013", "caption": "得分一览"}', 'sent', 1, 1614556980, 0, 10, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (11, 'test:2', 9, 'message', '{"text": "你好，我是自评助手。\n绩效自评的表我陪你一题一题填：你说数字，我来算分、核对、排版，最后把 Word 文件交给你。随时可以停下，下次接着来。\n\n先告诉我：你们单位的全称是？", "buttons": [], "edits": 0}', 'sent', 1, 1614556980, 0, 11, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (12, 'test:2', 10, 'message', '{"text": "单位：邻县中心\n要填的是：2020年度小表\n\n没问题的话就开始吧。", "buttons": [[{"text": "对，开始", "token": "00000017.0"}, {"text": "名称不对", "token": "00000017.1"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 12, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (13, 'test:2', 11, 'message', '{"text": "邻县中心 · 2020年度\n小表\n题目不多。\n一共 19 题。答错了随时能改，想停就停，我都记着。\n可以一次发好几行，例如“编制数 37”换行“在职人数 31”。\n\n【人员】第 1 题 · 本节 1/3　░░░░░░░░░░ 0/19\n先说人数。\n\n核定编制多少人？（单位：人）", "buttons": [[{"text": "跳过", "token": "00000020.0"}, {"text": "说明", "token": "00000020.1"}, {"text": "目录", "token": "00000020.2"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 13, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (14, 'test:2', 12, 'message', '{"text": "已记：编制数 37 人\n\n【人员】第 2 题 · 本节 2/3　░░░░░░░░░░ 1/19\n\n年末在职多少人？（单位：人）", "buttons": [[{"text": "跳过", "token": "00000021.0"}, {"text": "上一题", "token": "00000021.1"}, {"text": "说明", "token": "00000021.2"}, {"text": "目录", "token": "00000021.3"}], [{"text": "上题标为暂估", "token": "00000021.4"}]], "edits": 0}', 'sent', 1, 1614556980, 0, 14, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (15, 'test:1', 13, 'message', '{"text": "没有第 31 题，题号是 1 到 25。", "buttons": [[{"text": "目录", "token": "00000022.0"}, {"text": "继续填", "token": "00000022.1"}]], "edits": 0}', 'new', 0, 0, 0, NULL, 0, '', 1614556800);
INSERT INTO public.outbox VALUES (16, 'test:2', 14, 'message', '{"text": "已记：在职人数 31 人\n在职人员控制率：31÷37＝83.78% ≤ 100% → 满分 20 分\n目前 20 分，还有 80 分没评\n\n【人员】第 3 题 · 本节 3/3　▓░░░░░░░░░ 2/19\n\n退休人数（单位：人）", "buttons": [[{"text": "无", "token": "00000023.0"}], [{"text": "跳过", "token": "00000023.1"}, {"text": "上一题", "token": "00000023.2"}, {"text": "说明", "token": "00000023.3"}, {"text": "目录", "token": "00000023.4"}], [{"text": "上题标为暂估", "token": "00000023.5"}, {"text": "上题看原文", "token": "00000023.6"}]], "edits": 0}', 'new', 0, 0, 0, NULL, 0, '', 1614556800);
INSERT INTO public.people VALUES ('00000001', 'test', '1', 1614556800);
INSERT INTO public.people VALUES ('00000015', 'test', '2', 1614556800);
INSERT INTO public.units VALUES ('00000004', '小县中心', 1614556800);
INSERT INTO public.units VALUES ('00000018', '邻县中心', 1614556800);
SELECT pg_catalog.setval('public.history_id_seq', 5, true);
SELECT pg_catalog.setval('public.inbox_id_seq', 15, true);
SELECT pg_catalog.setval('public.outbox_id_seq', 16, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (filing_id, item);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT pk_conversations PRIMARY KEY (chat);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT pk_documents PRIMARY KEY (id);
ALTER TABLE ONLY public.editions
    ADD CONSTRAINT pk_editions PRIMARY KEY (edition);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT pk_filings PRIMARY KEY (id);
ALTER TABLE ONLY public.history
    ADD CONSTRAINT pk_history PRIMARY KEY (id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (id);
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT pk_memberships PRIMARY KEY (person_id, unit_id);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT pk_people PRIMARY KEY (id);
ALTER TABLE ONLY public.units
    ADD CONSTRAINT pk_units PRIMARY KEY (id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT uq_documents_filing_id_version_document UNIQUE (filing_id, version, document);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT uq_filings_unit_id_year_form_id_project UNIQUE (unit_id, year, form_id, project);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT uq_inbox_channel_bot_update_id UNIQUE (channel, bot, update_id);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT uq_people_channel_address UNIQUE (channel, address);
CREATE INDEX ix_history_filing_id_item ON public.history USING btree (filing_id, item);
CREATE INDEX ix_inbox_waiting ON public.inbox USING btree (id) WHERE (state = 'new'::text);
CREATE INDEX ix_inbox_waiting_chat ON public.inbox USING btree (chat, id) WHERE (state = 'new'::text);
CREATE INDEX ix_memberships_unit_id ON public.memberships USING btree (unit_id);
CREATE INDEX ix_outbox_pending ON public.outbox USING btree (id) WHERE (state = ANY (ARRAY['new'::text, 'sending'::text]));
CREATE INDEX ix_outbox_pending_chat ON public.outbox USING btree (chat, id) WHERE (state = ANY (ARRAY['new'::text, 'sending'::text]));
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT fk_answers_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT fk_answers_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT fk_conversations_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT fk_conversations_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT fk_documents_edition FOREIGN KEY (edition) REFERENCES public.editions(edition);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT fk_documents_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT fk_documents_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT fk_filings_created_by FOREIGN KEY (created_by) REFERENCES public.people(id);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT fk_filings_edition FOREIGN KEY (edition) REFERENCES public.editions(edition);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT fk_filings_unit_id FOREIGN KEY (unit_id) REFERENCES public.units(id);
ALTER TABLE ONLY public.history
    ADD CONSTRAINT fk_history_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.history
    ADD CONSTRAINT fk_history_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT fk_memberships_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT fk_memberships_unit_id FOREIGN KEY (unit_id) REFERENCES public.units(id);
