BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE answers (
	filing_id TEXT NOT NULL, 
	item TEXT NOT NULL, 
	state TEXT NOT NULL, 
	value TEXT, 
	provisional INTEGER DEFAULT 0 NOT NULL, 
	basis TEXT DEFAULT '' NOT NULL, 
	ver INTEGER DEFAULT 1 NOT NULL, 
	person_id TEXT NOT NULL, 
	at BIGINT NOT NULL, reason TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY (filing_id, item), 
	CONSTRAINT fk_answers_filing_id FOREIGN KEY(filing_id) REFERENCES filings (id), 
	CONSTRAINT fk_answers_person_id FOREIGN KEY(person_id) REFERENCES people (id)
)
 WITHOUT ROWID

;
INSERT INTO "answers" VALUES('00000005','quota','given','"40"',0,'',2,'00000001',1614556800,'');
INSERT INTO "answers" VALUES('00000005','staff','given','"31"',0,'',1,'00000001',1614556800,'');
INSERT INTO "answers" VALUES('00000021','quota','given','"37"',0,'',1,'00000017',1614556800,'');
INSERT INTO "answers" VALUES('00000021','staff','given','"31"',0,'',1,'00000017',1614556800,'');
CREATE TABLE conversations (
	chat TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	filing_id TEXT, 
	state TEXT NOT NULL, 
	ver INTEGER DEFAULT 1 NOT NULL, 
	at BIGINT NOT NULL, 
	CONSTRAINT pk_conversations PRIMARY KEY (chat), 
	CONSTRAINT fk_conversations_filing_id FOREIGN KEY(filing_id) REFERENCES filings (id), 
	CONSTRAINT fk_conversations_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "conversations" VALUES('test:1','00000001','00000005','{"screen":"contents","item":"","turn":"00000024","actions":["contents","continue"],"labels":["目录","继续填"],"before":"00000016","pending":{},"revisited":[],"undo":[{"item":"quota","old":{"state":"given","value":"\"37\"","provisional":false,"basis":""},"new":{"state":"given","value":"\"40\"","provisional":false,"basis":""}}],"latest":"quota","unfinished":[]}',9,1614556800);
INSERT INTO "conversations" VALUES('test:2','00000017','00000021','{"screen":"question","item":"retired","turn":"00000025","actions":["nothing","skip","back","explain","contents","provisional:staff","printed:staff"],"labels":["无","跳过","上一题","说明","目录","上题标为暂估","上题看原文"],"before":"00000023","pending":{},"revisited":[],"undo":[{"item":"staff","old":null,"new":{"state":"given","value":"\"31\"","provisional":false,"basis":""}}],"latest":"staff","unfinished":[]}',5,1614556800);
CREATE TABLE documents (
	id TEXT NOT NULL, 
	filing_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	document TEXT NOT NULL, 
	title TEXT NOT NULL, 
	edition TEXT NOT NULL, 
	inputs TEXT NOT NULL, 
	total TEXT NOT NULL, 
	grade TEXT NOT NULL, 
	gaps INTEGER DEFAULT 0 NOT NULL, 
	person_id TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	sha256 TEXT, 
	content BLOB, 
	CONSTRAINT pk_documents PRIMARY KEY (id), 
	CONSTRAINT fk_documents_edition FOREIGN KEY(edition) REFERENCES editions (edition), 
	CONSTRAINT fk_documents_filing_id FOREIGN KEY(filing_id) REFERENCES filings (id), 
	CONSTRAINT fk_documents_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT uq_documents_filing_id_version_document UNIQUE (filing_id, version, document)
);
INSERT INTO "documents" VALUES('00000011','00000005',1,'report','小报告','a0f6b22b7695','{"unit": "小县中心", "project": "", "answers": {"quota": {"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}}, "beside": []}','20','',16,'00000001',1614556800,NULL,NULL);
INSERT INTO "documents" VALUES('00000012','00000005',1,'table','小评分表','a0f6b22b7695','{"unit": "小县中心", "project": "", "answers": {"quota": {"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}}, "beside": []}','20','',16,'00000001',1614556800,NULL,NULL);
INSERT INTO "documents" VALUES('00000013','00000005',1,'complete','小全套','a0f6b22b7695','{"unit": "小县中心", "project": "", "answers": {"quota": {"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}}, "beside": []}','20','',16,'00000001',1614556800,NULL,NULL);
INSERT INTO "documents" VALUES('00000014','00000005',1,'summary.xlsx','答案汇总表','a0f6b22b7695','{"unit": "小县中心", "project": "", "answers": {"quota": {"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}}, "beside": []}','20','',16,'00000001',1614556800,NULL,NULL);
INSERT INTO "documents" VALUES('00000015','00000005',1,'package.zip','全套单独的文件','a0f6b22b7695','{"unit": "小县中心", "project": "", "answers": {"quota": {"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}}, "beside": []}','20','',16,'00000001',1614556800,NULL,NULL);
CREATE TABLE editions (
	edition TEXT NOT NULL, 
	form_id TEXT NOT NULL, 
	sources TEXT NOT NULL, 
	CONSTRAINT pk_editions PRIMARY KEY (edition)
);
INSERT INTO "editions" VALUES('a0f6b22b7695','small/tiny','{"pack.yaml": "\ncounty: 小县\ntitle: 小县套表\nyear: 2020\ngrades: [{name: 优, from: 90}, {name: 良, from: 80}, {name: 中, from: 60}, {name: 差, from: 0}]\n", "tiny/form.yaml": "\ntitle: 小表\nintro: 题目不多。\nsections:\n  - id: people\n    title: 人员\n    intro: 先说人数。\n    items:\n      - {id: quota, type: count, label: 编制数, unit: 人, ask: 核定编制多少人？, source: 编制批复, help: 看批文。, good: 37}\n      - {id: staff, type: count, label: 在职人数, unit: 人, ask: 年末在职多少人？, good: 31}\n      - {id: retired, type: count, label: 退休人数, unit: 人, optional: true}\n  - id: money\n    title: 经费\n    items:\n      - id: reception\n        type: row\n        label: 公务接待\n        columns:\n          - {id: prior_final, label: 上年决算, unit: 万元, last_year: final}\n          - {id: budget, label: 本年预算, unit: 万元}\n          - {id: final, label: 本年决算, unit: 万元}\n      - {id: buying, type: money, label: 政府采购预算, not_applicable: 本年度没有政府采购}\n      - {id: bought, type: money, label: 实际政府采购, when: buying > 0}\n      - {id: carry, type: money, label: 本年结转}\n      - {id: carry_prior, type: money, label: 上年结转}\n      - {id: progress, type: percent, label: 支付进度}\n      - id: projects\n        type: rows\n        label: 项目\n        columns: [{id: name, label: 名称, type: text}, {id: budget, label: 预算, unit: 万元}]\n  - id: quality\n    title: 质量\n    items:\n      - id: goals\n        type: checklist\n        label: 目标要点\n        criteria:\n          - {id: law, text: 符合法律法规}\n          - {id: plan, text: 符合规划}\n          - {id: misuse, text: 存在挪用, bad: true}\n      - {id: wrongs, type: instances, label: 违规例数}\n      - {id: has_fund, type: yes_no, label: 有政府性基金}\n      - {id: fund_text, type: long_text, label: 基金情况, when: has_fund}\n      - {id: nature, type: choice, label: 单位性质, options: [{id: full, text: 全额}, {id: part, text: 差额}]}\n      - {id: outside, type: external_score, label: 绩效办得分}\n      - {id: benefit, type: manual_score, label: 社会效益, max: 20}\n  - id: words\n    title: 文字\n    items:\n      - {id: problems, type: long_text, label: 存在的问题}\n      - {id: filler, type: person, label: 填表人}\n      - {id: phone, type: phone, label: 联系电话}\n      - {id: filled_on, type: date, label: 填报日期}\n", "tiny/indicators.yaml": "\nindicators:\n  - id: all\n    name: 全部\n    weight: 100\n    children:\n      - {id: i_staff, name: 在职人员控制率, weight: 20, printed_rule: ≤100%计满分；每超过1个百分点扣0.5分。,\n         rule: {kind: ratio_step, metric: staff / quota, target: 100, direction: above, step: 1, deduct: 0.5}}\n      - {id: i_buy, name: 政府采购执行率, weight: 10, printed_rule: 100%计满分，每超过（降低）5%扣1分。,\n         rule: {kind: ratio_step, metric: bought / buying, target: 100, direction: both, step: 5, deduct: 1}}\n      - {id: i_carry, name: 结转变动率, weight: 10, printed_rule: 0%计满分，每超过5%扣1分。,\n         rule: {kind: ratio_step, metric: (carry - carry_prior) / carry_prior, target: 0, direction: above, step: 5, deduct: 1}}\n      - {id: i_goals, name: 目标合理性, weight: 20, printed_rule: 三个要点。,\n         rule: {kind: checklist_add, item: goals, points: [5, 5, 10]}}\n      - {id: i_wrongs, name: 合规性, weight: 10, printed_rule: 每例扣2分。, rule: {kind: deduct_per_item, item: wrongs, deduct: 2}}\n      - {id: i_outside, name: 重点工作, weight: 10, printed_rule: 折算。, rule: {kind: converted, item: outside, mode: scale}}\n      - {id: i_benefit, name: 社会效益, weight: 20, printed_rule: 酌情。, rule: {kind: discretionary, item: benefit}}\n", "tiny/checks.yaml": "\ncomputed:\n  - {id: staff_rate, label: 控制率, formula: staff / quota * 100, unit: \"%\"}\nchecks:\n  - {id: reception_over, code: OVER_BUDGET, severity: 需说明, that: reception.final <= reception.budget,\n     say: \"公务接待决算 {left} 大于预算 {right}\"}\n  - {id: over_quota, code: RATIO, severity: 错误, that: staff <= quota * 2, say: \"在职 {left} 远多于编制 {right}\"}\n", "tiny/documents.yaml": "\ndocuments:\n  - {id: report, title: 小报告, template: tiny/report.docx.j2}\n  - {id: table, title: 小评分表, template: tiny/table.docx.j2}\n  - {id: complete, title: 小全套, parts: [report, table]}\n"}');
CREATE TABLE filings (
	id TEXT NOT NULL, 
	unit_id TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	form_id TEXT NOT NULL, 
	project TEXT DEFAULT '' NOT NULL, 
	edition TEXT NOT NULL, 
	created_by TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	documents INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_filings PRIMARY KEY (id), 
	CONSTRAINT fk_filings_created_by FOREIGN KEY(created_by) REFERENCES people (id), 
	CONSTRAINT fk_filings_edition FOREIGN KEY(edition) REFERENCES editions (edition), 
	CONSTRAINT fk_filings_unit_id FOREIGN KEY(unit_id) REFERENCES units (id), 
	CONSTRAINT uq_filings_unit_id_year_form_id_project UNIQUE (unit_id, year, form_id, project)
);
INSERT INTO "filings" VALUES('00000005','00000004',2020,'small/tiny','','a0f6b22b7695','00000001',1614556800,1);
INSERT INTO "filings" VALUES('00000021','00000020',2020,'small/tiny','','a0f6b22b7695','00000017',1614556800,0);
CREATE TABLE history (
	id INTEGER NOT NULL, 
	filing_id TEXT NOT NULL, 
	item TEXT NOT NULL, 
	old TEXT, 
	new TEXT, 
	person_id TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	inbox_id BIGINT, 
	message BIGINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_history PRIMARY KEY (id), 
	CONSTRAINT fk_history_filing_id FOREIGN KEY(filing_id) REFERENCES filings (id), 
	CONSTRAINT fk_history_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
INSERT INTO "history" VALUES(1,'00000005','quota',NULL,'{"state": "given", "value": "\"37\"", "provisional": false, "basis": ""}','00000001',1614556800,4,0);
INSERT INTO "history" VALUES(2,'00000005','staff',NULL,'{"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}','00000001',1614556800,4,0);
INSERT INTO "history" VALUES(3,'00000005','quota','{"state": "given", "value": "\"37\"", "provisional": false, "basis": ""}','{"state": "given", "value": "\"40\"", "provisional": false, "basis": ""}','00000001',1614556800,7,0);
INSERT INTO "history" VALUES(4,'00000021','quota',NULL,'{"state": "given", "value": "\"37\"", "provisional": false, "basis": ""}','00000017',1614556800,12,0);
INSERT INTO "history" VALUES(5,'00000021','staff',NULL,'{"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}','00000017',1614556800,14,0);
CREATE TABLE inbox (
	id INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	bot TEXT NOT NULL, 
	update_id BIGINT NOT NULL, 
	chat TEXT NOT NULL, 
	person TEXT NOT NULL, 
	body TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	state TEXT DEFAULT 'new' NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	not_before BIGINT DEFAULT 0 NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_inbox PRIMARY KEY (id), 
	CONSTRAINT ck_inbox_state CHECK (state IN ('new', 'done', 'parked')), 
	CONSTRAINT uq_inbox_channel_bot_update_id UNIQUE (channel, bot, update_id)
);
INSERT INTO "inbox" VALUES(1,'test','bot',1000001,'test:1','test:1','{"said": "/start", "chat": "test:1"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(2,'test','bot',1000002,'test:1','test:1','{"said": "\u5c0f\u53bf\u4e2d\u5fc3", "chat": "test:1"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(3,'test','bot',1000003,'test:1','test:1','{"pressed": "00000003.0", "chat": "test:1"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(4,'test','bot',1000004,'test:1','test:1','{"said": "\u7f16\u5236\u6570 37\n\u5728\u804c\u4eba\u6570 31", "chat": "test:1"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(5,'test','bot',1000005,'test:1','test:1','{"said": "\u7b2c1\u9898", "chat": "test:1"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(6,'test','bot',1000006,'test:1','test:1','{"said": "40", "chat": "test:1"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(7,'test','bot',1000007,'test:1','test:1','{"pressed": "00000009.0", "chat": "test:1"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(8,'test','bot',1000008,'test:1','test:1','{"said": "\u751f\u6210\u8349\u7a3f", "chat": "test:1"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(9,'test','bot',2000001,'test:2','test:2','{"said": "/start", "chat": "test:2"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(10,'test','bot',2000002,'test:2','test:2','{"said": "\u90bb\u53bf\u4e2d\u5fc3", "chat": "test:2"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(11,'test','bot',2000003,'test:2','test:2','{"pressed": "00000019.0", "chat": "test:2"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(12,'test','bot',2000004,'test:2','test:2','{"said": "37", "chat": "test:2"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(13,'test','bot',1000009,'test:1','test:1','{"said": "31", "chat": "test:1"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(14,'test','bot',2000005,'test:2','test:2','{"said": "31", "chat": "test:2"}',1614556800,'done',0,0,'');
INSERT INTO "inbox" VALUES(15,'test','bot',1000010,'test:1','test:1','{"said": "6", "chat": "test:1"}',1614556800,'new',0,0,'');
CREATE TABLE memberships (
	person_id TEXT NOT NULL, 
	unit_id TEXT NOT NULL, 
	role TEXT NOT NULL, 
	CONSTRAINT pk_memberships PRIMARY KEY (person_id, unit_id), 
	CONSTRAINT ck_memberships_role CHECK (role IN ('filler', 'reviewer', 'observer', 'administrator')), 
	CONSTRAINT fk_memberships_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_memberships_unit_id FOREIGN KEY(unit_id) REFERENCES units (id)
);
INSERT INTO "memberships" VALUES('00000001','00000004','filler');
INSERT INTO "memberships" VALUES('00000017','00000020','filler');
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	chat TEXT NOT NULL, 
	inbox_id BIGINT, 
	kind TEXT NOT NULL, 
	body TEXT NOT NULL, 
	state TEXT DEFAULT 'new' NOT NULL, 
	attempts INTEGER DEFAULT 0 NOT NULL, 
	lease_until BIGINT DEFAULT 0 NOT NULL, 
	not_before BIGINT DEFAULT 0 NOT NULL, 
	message_id BIGINT, 
	ambiguous INTEGER DEFAULT 0 NOT NULL, 
	error TEXT DEFAULT '' NOT NULL, 
	at BIGINT NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT ck_outbox_state CHECK (state IN ('new', 'sending', 'sent', 'parked'))
);
INSERT INTO "outbox" VALUES(1,'test:1',1,'message','{"text": "你好，我是自评助手。\n绩效自评的表我陪你一题一题填：你说数字，我来算分、核对、排版，最后把 Word 文件交给你。随时可以停下，下次接着来。\n\n先告诉我：你们单位的全称是？", "buttons": [], "edits": 0}','sent',1,1614556980,0,1,0,'',1614556800);
INSERT INTO "outbox" VALUES(2,'test:1',2,'message','{"text": "单位：小县中心\n要填的是：2020年度小表\n\n没问题的话就开始吧。", "buttons": [[{"text": "对，开始", "token": "00000003.0"}, {"text": "名称不对", "token": "00000003.1"}]], "edits": 0}','sent',1,1614556980,0,2,0,'',1614556800);
INSERT INTO "outbox" VALUES(3,'test:1',3,'message','{"text": "小县中心 · 2020年度\n小表\n题目不多。\n一共 19 题。答错了随时能改，想停就停，我都记着。\n可以一次发好几行，例如“编制数 37”换行“在职人数 31”。\n\n【人员】第 1 题 · 本节 1/3　░░░░░░░░░░ 0/19\n先说人数。\n\n核定编制多少人？（单位：人）", "buttons": [[{"text": "跳过", "token": "00000006.0"}, {"text": "说明", "token": "00000006.1"}, {"text": "目录", "token": "00000006.2"}]], "edits": 0}','sent',1,1614556980,0,3,0,'',1614556800);
INSERT INTO "outbox" VALUES(4,'test:1',4,'message','{"text": "一次记下 2 项：\n√ 编制数 37 人\n√ 在职人数 31 人\n在职人员控制率：31÷37＝83.78% ≤ 100% → 满分 20 分\n目前 20 分，还有 80 分没评\n\n【人员】第 3 题 · 本节 3/3　▓░░░░░░░░░ 2/19\n\n退休人数（单位：人）", "buttons": [[{"text": "无", "token": "00000007.0"}], [{"text": "跳过", "token": "00000007.1"}, {"text": "上一题", "token": "00000007.2"}, {"text": "说明", "token": "00000007.3"}, {"text": "目录", "token": "00000007.4"}], [{"text": "撤销刚才的", "token": "00000007.5"}]], "edits": 0}','sent',1,1614556980,0,4,0,'',1614556800);
INSERT INTO "outbox" VALUES(5,'test:1',5,'message','{"text": "【人员】第 1 题 · 本节 1/3　▓░░░░░░░░░ 2/19\n\n核定编制多少人？（单位：人）\n现在的答案：37 人", "buttons": [[{"text": "保持原答案", "token": "00000008.0"}], [{"text": "说明", "token": "00000008.1"}, {"text": "目录", "token": "00000008.2"}]], "edits": 0}','sent',1,1614556980,0,5,0,'',1614556800);
INSERT INTO "outbox" VALUES(6,'test:1',6,'message','{"text": "要把“编制数”从 37 人 改成 40 人。\n改后：得分不变（20 分）\n确认改吗？", "buttons": [[{"text": "确认", "token": "00000009.0"}, {"text": "取消", "token": "00000009.1"}]], "edits": 0}','sent',1,1614556980,0,6,0,'',1614556800);
INSERT INTO "outbox" VALUES(7,'test:1',7,'message','{"text": "已改：编制数 40 人。\n\n【人员】第 3 题 · 本节 3/3　▓░░░░░░░░░ 2/19\n\n退休人数（单位：人）", "buttons": [[{"text": "无", "token": "00000010.0"}], [{"text": "跳过", "token": "00000010.1"}, {"text": "上一题", "token": "00000010.2"}, {"text": "说明", "token": "00000010.3"}, {"text": "目录", "token": "00000010.4"}], [{"text": "撤销刚才的", "token": "00000010.5"}]], "edits": 0}','sent',1,1614556980,0,7,0,'',1614556800);
INSERT INTO "outbox" VALUES(8,'test:1',8,'message','{"text": "第 1 版草稿正在生成，马上发给你。\n还有 16 题没填，文中印成〔待填n〕；发题号 n 就能跳过去补。\n得分 20 分。", "buttons": [[{"text": "要单独的文件", "token": "00000016.0"}], [{"text": "打包下载", "token": "00000016.1"}, {"text": "答案汇总表", "token": "00000016.2"}], [{"text": "下一个待填", "token": "00000016.3"}], [{"text": "检查一遍", "token": "00000016.4"}, {"text": "目录", "token": "00000016.5"}], [{"text": "换一张表", "token": "00000016.6"}]], "edits": 0}','sent',1,1614556980,0,8,0,'',1614556800);
INSERT INTO "outbox" VALUES(9,'test:1',8,'file','{"document": "00000013", "caption": "小全套（第 1 版，草稿）"}','sent',1,1614556980,0,9,0,'',1614556800);
INSERT INTO "outbox" VALUES(10,'test:1',8,'picture','{"document": "00000013", "caption": "得分一览"}','sent',1,1614556980,0,10,0,'',1614556800);
INSERT INTO "outbox" VALUES(11,'test:2',9,'message','{"text": "你好，我是自评助手。\n绩效自评的表我陪你一题一题填：你说数字，我来算分、核对、排版，最后把 Word 文件交给你。随时可以停下，下次接着来。\n\n先告诉我：你们单位的全称是？", "buttons": [], "edits": 0}','sent',1,1614556980,0,11,0,'',1614556800);
INSERT INTO "outbox" VALUES(12,'test:2',10,'message','{"text": "单位：邻县中心\n要填的是：2020年度小表\n\n没问题的话就开始吧。", "buttons": [[{"text": "对，开始", "token": "00000019.0"}, {"text": "名称不对", "token": "00000019.1"}]], "edits": 0}','sent',1,1614556980,0,12,0,'',1614556800);
INSERT INTO "outbox" VALUES(13,'test:2',11,'message','{"text": "邻县中心 · 2020年度\n小表\n题目不多。\n一共 19 题。答错了随时能改，想停就停，我都记着。\n可以一次发好几行，例如“编制数 37”换行“在职人数 31”。\n\n【人员】第 1 题 · 本节 1/3　░░░░░░░░░░ 0/19\n先说人数。\n\n核定编制多少人？（单位：人）", "buttons": [[{"text": "跳过", "token": "00000022.0"}, {"text": "说明", "token": "00000022.1"}, {"text": "目录", "token": "00000022.2"}]], "edits": 0}','sent',1,1614556980,0,13,0,'',1614556800);
INSERT INTO "outbox" VALUES(14,'test:2',12,'message','{"text": "已记：编制数 37 人\n\n【人员】第 2 题 · 本节 2/3　░░░░░░░░░░ 1/19\n\n年末在职多少人？（单位：人）", "buttons": [[{"text": "跳过", "token": "00000023.0"}, {"text": "上一题", "token": "00000023.1"}, {"text": "说明", "token": "00000023.2"}, {"text": "目录", "token": "00000023.3"}], [{"text": "上题标为暂估", "token": "00000023.4"}]], "edits": 0}','sent',1,1614556980,0,14,0,'',1614556800);
INSERT INTO "outbox" VALUES(15,'test:1',13,'message','{"text": "没有第 31 题，题号是 1 到 25。", "buttons": [[{"text": "目录", "token": "00000024.0"}, {"text": "继续填", "token": "00000024.1"}]], "edits": 0}','new',0,0,0,NULL,0,'',1614556800);
INSERT INTO "outbox" VALUES(16,'test:2',14,'message','{"text": "已记：在职人数 31 人\n在职人员控制率：31÷37＝83.78% ≤ 100% → 满分 20 分\n目前 20 分，还有 80 分没评\n\n【人员】第 3 题 · 本节 3/3　▓░░░░░░░░░ 2/19\n\n退休人数（单位：人）", "buttons": [[{"text": "无", "token": "00000025.0"}], [{"text": "跳过", "token": "00000025.1"}, {"text": "上一题", "token": "00000025.2"}, {"text": "说明", "token": "00000025.3"}, {"text": "目录", "token": "00000025.4"}], [{"text": "上题标为暂估", "token": "00000025.5"}, {"text": "上题看原文", "token": "00000025.6"}]], "edits": 0}','new',0,0,0,NULL,0,'',1614556800);
CREATE TABLE people (
	id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	address TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT uq_people_channel_address UNIQUE (channel, address)
);
INSERT INTO "people" VALUES('00000001','test','1',1614556800);
INSERT INTO "people" VALUES('00000017','test','2',1614556800);
CREATE TABLE units (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	created_at BIGINT NOT NULL, 
	CONSTRAINT pk_units PRIMARY KEY (id)
);
INSERT INTO "units" VALUES('00000004','小县中心',1614556800);
INSERT INTO "units" VALUES('00000020','邻县中心',1614556800);
CREATE INDEX ix_inbox_waiting ON inbox (id) WHERE state = 'new';
CREATE INDEX ix_inbox_waiting_chat ON inbox (chat, id) WHERE state = 'new';
CREATE INDEX ix_outbox_pending ON outbox (id) WHERE state IN ('new', 'sending');
CREATE INDEX ix_outbox_pending_chat ON outbox (chat, id) WHERE state IN ('new', 'sending');
CREATE INDEX ix_memberships_unit_id ON memberships (unit_id);
CREATE INDEX ix_history_filing_id_item ON history (filing_id, item);
COMMIT;
