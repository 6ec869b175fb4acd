namespace MedTune.Data;

/// <summary>Between which limits a living patient's values lie, whatever the unit in use, as far as a column's name says what it is.</summary>
/// <param name="What">What is measured, in words.</param>
/// <param name="Low">Nothing below this.</param>
/// <param name="High">Nothing above this.</param>
/// <param name="NoZero">Whether zero is impossible.</param>
internal sealed record ClinicalRange(string What, double Low, double High, bool NoZero)
{
    // Wide limits on purpose: a warning should mean a wrong value, not a rare patient. Several units share one range where people mix them.
    private static readonly (string[] Words, string[] Chinese, ClinicalRange Range)[] Known =
    [
        (["age"], ["年龄"], new("an age", 0, 125, false)),
        (["sbp", "systolic", "trestbps", "sysbp"], ["收缩压"], new("a systolic blood pressure", 0, 350, true)),
        (["dbp", "diastolic", "diabp"], ["舒张压"], new("a diastolic blood pressure", 0, 250, true)),
        (["meanbp", "map", "bp"], ["血压"], new("a blood pressure", 0, 350, true)),
        (["pulse", "hr", "hrt", "heartrate", "thalach"], ["心率", "脉搏"], new("a heart rate", 0, 400, true)),
        (["resp", "rr", "respiration"], ["呼吸频率"], new("a breathing rate", 0, 150, true)),
        (["temp", "temperature"], ["体温"], new("a body temperature", 0, 115, true)),
        (["spo", "sao", "saturation"], ["血氧", "氧饱和度"], new("a saturation in percent", 0, 100, true)),
        (["chol", "cholesterol"], ["胆固醇"], new("a cholesterol", 0, 2000, true)),
        (["glucose", "bgr", "glu"], ["血糖", "葡萄糖"], new("a glucose", 0, 3000, true)),
        (["bmi"], ["体重指数", "体质指数"], new("a body mass index", 0, 200, true)),
        (["height"], ["身高"], new("a height", 0, 300, true)),
        (["weight"], ["体重"], new("a weight", 0, 1500, true)),
        (["hemoglobin", "haemoglobin", "hemo", "hgb", "hb"], ["血红蛋白"], new("a hemoglobin", 0, 300, true)),
        (["hematocrit", "haematocrit", "hct", "pcv"], ["红细胞压积", "血细胞比容"], new("a hematocrit in percent", 0, 100, true)),
        (["sodium", "sod", "na"], ["血钠"], new("a sodium", 0, 250, true)),
        (["potassium", "pot"], ["血钾"], new("a potassium", 0, 60, true)),
        (["albumin", "alb"], ["白蛋白"], new("an albumin", 0, 100, true)),
        (["creatinine", "crea"], ["肌酐"], new("a creatinine", 0, 5000, true)),
        (["bilirubin", "bili"], ["胆红素"], new("a bilirubin", 0, 2000, true)),
        (["platelets", "platelet", "plt"], ["血小板"], new("a platelet count", 0, double.PositiveInfinity, true)),
        (["ph"], [], new("a pH", 4, 10, true)),
    ];

    // A change or a history of a measurement is not the measurement.
    private static readonly string[] Derived =
        ["change", "delta", "diff", "difference", "score", "z", "log", "ratio", "index", "history", "gain", "loss", "group", "cat", "category", "code", "flag", "high", "low", "measured", "sg", "specific", "gestational", "onset", "rel", "error"];

    /// <summary>The range for a column of this name, or null when the name does not say.</summary>
    public static ClinicalRange? For(string column)
    {
        var name = new NameTokens(column);
        if (name.HasAny(Derived) && !name.HasAll("body", "mass", "index"))
        {
            return null;
        }

        bool isPercent = column.Contains('%', StringComparison.Ordinal) || name.HasAny("percent", "percentage", "pct") || name.HasAll("ejection", "fraction");
        foreach ((string[] words, string[] chinese, ClinicalRange range) in Known)
        {
            // "age at first pregnancy" is an age; "birth weight" a weight; but "pulse oximetry" no pulse: only the short names count.
            if (name.Words.Count <= 3 && (name.HasAny(words) || words.Contains(name.Joined) || name.Holds(chinese)))
            {
                return range;
            }
        }

        return isPercent ? new ClinicalRange("a percentage", double.NegativeInfinity, 100, false)
            : name.HasAny("count", "counts", "nodes", "number") ? new ClinicalRange("a count", 0, double.PositiveInfinity, false)
            : null;
    }
}
