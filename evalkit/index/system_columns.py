"""The columns of the workbook in which an index system is proposed: what each is called, holds and may say."""

from typing import get_args

from evalkit.index.indicator import DefinitionReason, Layer, PopulationBase
from evalkit.index.plain_target import TargetStatus
from evalkit.index.target import IN_BRIEF
from evalkit.tabular.xlsx.sheets import Field, words

SYSTEM, TREE, DEPARTMENTS, PLAN = "说明", "指标树", "部门", "计划"
STATUSES = get_args(TargetStatus)
STATUS_HINT = "confirmed 有正式文件；other-source 见于其他来源；proxy 借用；proposed 建议；absent 无"


SYSTEM_FIELDS = (
    Field("code", "体系代码"),
    Field("version", "版本"),
    *words("name", "名称"),
    *words("edition", "版本说明"),
    Field("population.resident", "常住人口变量"),
    Field("population.registered", "户籍人口变量"),
    Field("population.intercensal", "普查间常住人口变量"),
    Field("headline_input", "代表性投入指标"),
    *words("plan.title", "计划名称"),
    Field("plan.ends", "计划期末年", "number"),
    Field("plan.goals_total", "计划目标数", "number"),
    *words("plan.note", "计划备注"),
    *words("plan.duties", "计划的责任分工", hint="计划对责任部门写明了什么，没有写明什么"),
)
NODE_FIELDS = (
    Field("code", "代码", "name"),
    Field("parent", "上级代码", "name", hint="只有最上一级留空"),
    Field("level", "层级", hint="分组填写层级名称；指标留空"),
    *words("name", "名称"),
    Field("weight", "权重", "number", hint="在同一上级之内的权重，留空为 1；不计分的指标留空"),
    Field("weight_status", "权重依据", options=STATUSES, hint=STATUS_HINT),
)
COMMON_FIELDS = (
    Field("responsible", "责任部门", "codes", hint="部门代码，多个以“；”隔开；留空则随上级"),
    *words("note", "说明"),
)
TARGET_FIELDS = (
    Field(
        "target.kind",
        "目标类型",
        options=tuple(IN_BRIEF),
        hint=f"{'；'.join(f'{kind} {brief}' for kind, brief in IN_BRIEF.items())}。留空则按方向为下限或上限",
    ),
    Field("target.value", "目标值", "number", hint="区间、幅度填下界；年度数量填每年数；均等填 1 或 100"),
    Field("target.upper", "目标上界", "number", hint="区间、幅度填写"),
    Field("target.permitted.0", "允许下限", "number", hint="区间填写：到此为 0 分"),
    Field("target.permitted.1", "允许上限", "number", hint="区间填写：到此为 0 分"),
    Field("target.threshold", "达标门槛", "number", hint="达标单位比例填写：每个单位须达到的数值"),
    *words("target.threshold_unit", "门槛单位"),
    Field("target.tolerance", "容差", "number", hint="均等填写，留空为 0"),
    Field("target.year", "目标年份", "number"),
    Field("target.status", "目标依据", options=STATUSES, hint=STATUS_HINT),
    *words("target.document", "目标文件"),
    Field("target.clause", "目标条款"),
    Field("target.by_region", "分地区目标", "amounts", hint="地区代码=目标值，多个以“；”隔开"),
    Field("target.baseline.year", "基期年份", "number"),
    Field("target.baseline.value", "基期值", "number", hint="留空则用各地区当年的数值"),
    Field("target.baseline.status", "基期依据", options=STATUSES, hint=STATUS_HINT),
    *words("target.baseline.document", "基期文件"),
    Field("target.baseline.by_region", "分地区基期值", "amounts", hint="地区代码=基期值，多个以“；”隔开"),
    Field("target.milestones", "分年目标", "amounts", hint="年份=目标值，多个以“；”隔开；留空则逐年均匀推进"),
    Field("target.assessed", "考核层级", "codes", hint="province 省；city 市；county 县，多个以“；”隔开；留空为 city"),
    Field("target.valid_from", "起算年份", "number", hint="此前为未到期"),
    Field("target.apportionment.base", "分解依据变量", hint="全省数量按该变量分解到各地区；不可分解的留空"),
    Field("target.apportionment.year", "分解依据年份", "number"),
    *words("target.apportionment.document", "分解文件"),
    Field("target.apportionment.status", "分解规则依据", options=STATUSES, hint=STATUS_HINT),
)
INDICATOR_FIELDS = (
    Field(
        "unscored",
        "不计分原因",
        options=get_args(DefinitionReason),
        hint="input 投入；snapshot 单年；stand-in 替代分母；context 背景；composite 合成。留空则计分；"
        "某一轮因数据不计分的，写在该轮评价方案的 unscored 中",
    ),
    Field("layer", "类别", options=get_args(Layer), hint="input 投入；output 产出；outcome 成效；equity 均等"),
    *words("unit", "单位"),
    Field("variable", "变量", hint="或填分子、分母"),
    Field("numerator", "分子"),
    Field("denominator", "分母"),
    Field("per", "乘数", "number", hint="留空为 1"),
    Field(
        "population_base",
        "人口口径",
        options=get_args(PopulationBase),
        hint="resident 常住；registered 户籍；intercensal 普查间常住",
    ),
    Field("better", "方向", options=("higher", "lower"), hint="higher 越高越好；lower 越低越好"),
    Field("transform", "变换", options=("none", "log")),
    Field("goalposts.worst", "最差值", "number"),
    Field("goalposts.best", "最优值", "number"),
    *words("goalposts.basis", "两端依据"),
    Field("goalposts.date", "依据年份"),
    Field("goalposts.worst_status", "最差值依据", options=STATUSES, hint=STATUS_HINT),
    Field("goalposts.best_status", "最优值依据", options=STATUSES, hint=STATUS_HINT),
    *TARGET_FIELDS,
    Field("valid.0", "合理下限", "number"),
    Field("valid.1", "合理上限", "number"),
    Field("decimals", "小数位", "number"),
    Field(
        "uptake",
        "参加方式",
        options=("due", "voluntary"),
        hint="voluntary 以群众自愿为前提，不列为提升等次的途径；留空为 due",
    ),
)
TREE_COLUMNS = (*NODE_FIELDS, *INDICATOR_FIELDS, *COMMON_FIELDS)
DEPARTMENT_COLUMNS = (
    Field("code", "代码", "name"),
    *words("name", "名称", hint="更名的部门占多行，代码相同"),
    Field("since", "起始年", "number"),
    Field("until", "终止年", "number"),
    *words("source", "出处", hint="更名的部门只在第一行填写"),
    *words("in_city", "市责任单位", hint="各市名称不一的留空；更名的部门只在第一行填写"),
    Field("reports", "只报送数据", "truth", hint="不主管事务的部门填“是”；更名的部门只在第一行填写"),
)
PLAN_COLUMNS = (
    Field("kind", "类型", options=("goals", "targets"), hint="goals 基本目标；targets 量化指标"),
    *words("name", "内容"),
    Field("clause", "条款"),
    *words("level", "层级"),
    Field("indicator", "对应指标代码"),
)
