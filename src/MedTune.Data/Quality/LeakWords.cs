namespace MedTune.Data;

/// <summary>What the names of columns and levels say about when and how a value came to be, in English and Chinese.</summary>
internal static class LeakWords
{
    // Parts of names that turn the meaning round: a father's death or an earlier discharge is known beforehand.
    private static readonly string[] Before =
        ["history", "family", "familial", "father", "mother", "parent", "parental", "sibling", "previous", "prior", "past", "hx", "fh", "pmh"];

    private static readonly string[] BeforeChinese = ["既往", "家族", "病史", "入院前", "父", "母"];

    // Parts of names that make another thing of a word: a discharge of fluid, dead space, the death of cells.
    private static readonly string[] OtherThing =
        ["nipple", "vaginal", "nasal", "ear", "eye", "urethral", "purulent", "wound", "space", "cell", "cells", "programmed", "fear", "thoughts"];

    private static readonly string[] Stay = ["discharge", "discharged", "los", "slos", "hlos", "iculos", "dischtime"];

    private static readonly string[] Bill = ["charge", "charges", "cost", "costs", "totcst", "totmcst", "bill", "billing", "payment", "reimbursement"];

    private static readonly string[] Fate =
    [
        "death", "deaths", "dead", "died", "dies", "deceased", "mortality", "autopsy", "exitus", "alive", "survived", "survival", "followup", "fup", "futime",
        "fuptime", "censored", "censor", "censoring", "dod", "dnr", "dnrday", "relapse", "relapsed", "relapses", "recurrence", "recurred",
        "readmission", "readmitted", "postmortem", "postdischarge", "aftercare", "tiss", "tisst", "avtiss", "avtisst",
    ];

    // Words that say enough only where they are the whole name.
    private static readonly string[] WholeNames = ["time", "event", "outcome", "duration", "expired", "fu", "fut", "survtime", "os", "pfs", "dfs", "rfs"];

    private static readonly string[] FateChinese =
        ["死亡", "病死", "存活", "生存时间", "生存期", "生存状态", "随访", "转归", "预后", "结局", "尸检", "复发", "疗效", "删失", "再入院"];

    private static readonly string[] StayChinese = ["出院", "住院天数", "住院日", "住院时间", "住院时长", "费用", "花费", "总金额"];

    private static readonly string[] Tests =
    [
        "biopsy", "biopsies", "histology", "histologic", "histological", "histopathology", "histopathological", "pathology", "pathologic", "pathological", "cytology", "citology",
        "cytologic", "cytological", "colposcopy", "hinselmann", "schiller", "pap", "smear", "autopsy", "angiography", "angiogram",
    ];

    private static readonly string[] TestsChinese = ["活检", "病理", "细胞学", "组织学", "阴道镜", "碘试验", "涂片", "尸检", "造影"];

    private static readonly string[] Verdicts = ["verdict", "impression", "radiologist", "pathologist", "suspicion", "malignancy", "malignant"];

    private static readonly string[] VerdictNames = ["birads", "pirads", "tirads", "lirads", "lungrads", "finaldiagnosis", "dischargediagnosis", "confirmeddiagnosis", "readerscore"];

    private static readonly string[] VerdictsChinese = ["诊断意见", "印象", "最终诊断", "出院诊断", "确诊", "良恶性"];

    private static readonly string[] Generic =
        ["class", "classes", "label", "target", "outcome", "status", "group", "result", "diagnosis", "event", "type", "category", "flag", "within", "days", "years", "months", "with", "from"];

    /// <summary>What the name says is known only after the prediction would be made, or null.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="target">The name of the target's column.</param>
    public static string? AfterTheFact(NameTokens name, NameTokens target)
    {
        if (name.HasAny(Before) || name.Holds(BeforeChinese) || name.HasAny(OtherThing))
        {
            return null;
        }

        // Whoever predicts a return to hospital does so at discharge, and knows the stay by then.
        bool isAtDischarge = target.Words.Any(word => word.StartsWith("readmi", StringComparison.Ordinal)) || target.Holds("再入院");
        if (!isAtDischarge && (name.HasAny(Stay) || name.Holds(StayChinese) || name.HasAll("length", "stay") || name.HasAll("hospital", "stay") || name.HasAll("time", "hospital")))
        {
            return "how a stay in hospital ended, or how long it was";
        }

        if (!isAtDischarge && name.HasAny(Bill))
        {
            return "what a treatment cost in the end";
        }

        bool isFate = name.HasAny(Fate) || name.Holds(FateChinese) || WholeNames.Contains(name.Joined)
            || name.HasAll("follow", "up") || name.HasAll("d", "time") || name.HasAll("vital", "status") || name.HasAll("hospital", "expire") || name.HasAll("hospital", "expired")
            || (name.HasAny("os", "pfs", "dfs", "rfs", "efs", "event", "fu") && name.HasAny("time", "months", "days", "status", "event"))
            || name.HasAll("time", "to", "event") || name.HasAll("days", "to") || name.HasAll("treatment", "response") || name.HasAll("response", "to");
        return isFate ? "what happened to the patient afterwards, or how long that was watched" : null;
    }

    /// <summary>Whether a level's text speaks of what happened afterwards.</summary>
    public static bool SpeaksOfAfterwards(string level)
    {
        var tokens = new NameTokens(level);
        return !tokens.HasAny(Before) && !tokens.HasAny(OtherThing) && !tokens.Holds(BeforeChinese)
            && (tokens.HasAny("died", "dead", "death", "deceased", "followup", "discharged", "readmitted", "survived") || tokens.HasAll("follow", "up") || tokens.Holds("死亡", "随访", "出院", "存活"));
    }

    /// <summary>Whether both names are of tests whose result is itself a diagnosis.</summary>
    public static bool AreTests(NameTokens name, NameTokens target) => IsTest(name) && IsTest(target);

    /// <summary>Whether the name is that of a reader's verdict on the same question.</summary>
    public static bool IsVerdict(NameTokens name) =>
        name.HasAny(Verdicts) || VerdictNames.Contains(name.Joined) || name.Holds(VerdictsChinese);

    /// <summary>Whether the name holds all that is special in the target's name.</summary>
    public static bool NamesTarget(NameTokens name, NameTokens target)
    {
        string[] special = [.. target.Words.Where(word => (word.Length >= 4 || word[0] > '\u2E7F') && !Generic.Contains(word))];
        return special.Length > 0 && !name.HasAny(Before) && name.HasAll(special);
    }

    private static bool IsTest(NameTokens name) => name.HasAny(Tests) || name.Holds(TestsChinese);
}
