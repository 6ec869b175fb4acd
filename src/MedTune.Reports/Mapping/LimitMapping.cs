using MedTune.Data;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What the model is not. The page adds those that follow from the figures themselves.</summary>
internal static class LimitMapping
{
    // Below ten outcomes for each column, models fit noise easily (Peduzzi and others, Journal of Clinical Epidemiology 49:1373, 1996).
    private const int EnoughPerColumn = 10;
    private const int EnoughOfAClass = 100;

    public static IReadOnlyList<LimitRow> Of(FinishedRun finished, RowNoun rows)
    {
        var run = finished.Run;
        var manifest = run.Model.Manifest;
        var limits = new List<LimitRow>();
        if (manifest.Parent is null && FewPerColumn(manifest, rows) is { } few)
        {
            limits.Add(few);
        }

        if (RareClass(run.Data, rows) is { } rare)
        {
            limits.Add(rare);
        }

        if (manifest.Parent is not null)
        {
            limits.Add(new("The source data were not seen", "Nobody can tell from here whether some of these patients are among those the source model was made from; equal rows would flatter it."));
        }

        AddCommon(limits, manifest, run.Data, isSplit: true);
        return limits;
    }

    public static IReadOnlyList<LimitRow> Of(ExternalEvaluation evaluation, RowNoun rows)
    {
        var limits = new List<LimitRow>
        {
            new("One place, one time", "These figures hold for patients like these. Another hospital, another year or another way of measuring is another validation."),
        };
        if (RareClass(evaluation.Data, rows) is { } rare)
        {
            limits.Add(rare);
        }

        if (evaluation.Openings > 1)
        {
            limits.Add(new("These data were used before", $"They have judged a model {NumberText.Count(evaluation.Openings)} times on this machine. Picking the best of several models by them makes its figures too good."));
        }

        AddCommon(limits, evaluation.Model.Manifest, evaluation.Data, isSplit: false);
        return limits;
    }

    public static IReadOnlyList<LimitRow> Of(Manifest manifest)
    {
        var limits = new List<LimitRow>();
        AddCommon(limits, manifest, null, isSplit: false);
        return limits;
    }

    private static void AddCommon(List<LimitRow> limits, Manifest manifest, DatasetSummary? data, bool isSplit)
    {
        if (data is { Patients: null })
        {
            limits.Add(new("One row is taken as one patient", "No column says who the patients are. If some have several rows, "
                + (isSplit ? "rows of one patient stood on both sides of a split and the figures are too good" : "the intervals are too narrow")
                + ": name the column with --patient."));
        }

        limits.Add(new("Only within what it has seen", "For a patient outside the ranges and levels of the training data it still answers a number, but nothing here says how good that number is; prediction warns of such values."));
        if (manifest.IntendedUse.Length == 0)
        {
            limits.Add(new("No use is stated", "Whoever made the model has not written down for which patients, when and for which decision it is meant."));
        }
    }

    private static LimitRow? FewPerColumn(Manifest manifest, RowNoun rows)
    {
        int rarest = manifest.TrainingClassCounts.Min();
        return rarest < EnoughPerColumn * manifest.Columns.Length
            ? new LimitRow(
                "Few outcomes for so many columns",
                $"{NumberText.Count(manifest.Columns.Length)} columns were weighed with {rows.Count(rarest)} of the rarer kind in training. Below ten for each column a model fits noise easily; the penalty holds that back, but does not undo it.")
            : null;
    }

    private static LimitRow? RareClass(DatasetSummary data, RowNoun rows)
    {
        if (data.Classes.Length <= (data.HasSeveralLabels ? 0 : 2))
        {
            return null;
        }

        var rarest = data.Classes.OrderBy(each => each.Count).First();
        return rarest.Count < EnoughOfAClass
            ? data.HasSeveralLabels
                ? new LimitRow("A rare finding", $"Only {rows.Count(rarest.Count)} {(rarest.Count == 1 ? "has" : "have")} the finding {rarest.Name}: what is said about it is uncertain.")
                : new LimitRow("A rare class", $"There are only {rows.Count(rarest.Count)} of the class {rarest.Name}: what is said about it is uncertain.")
            : null;
    }
}
