using MedTune.Data;
using MedTune.Prediction;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>The ingredients of the opening paragraph.</summary>
internal static class AnswerMapping
{
    public static AnswerContent Of(Manifest manifest, DatasetSummary data, RowNoun rows, ReportWords words) => Of(manifest, words) with
    {
        SampleNoun = rows.One,
        SampleNounPlural = rows.Many,
        Samples = data.Rows,
        Events = manifest is { HasFindings: false, Classes.Length: 2 } ? data.Classes.FirstOrDefault(each => each.Name == manifest.Classes[^1])?.Count : null,
        Patients = data.Patients,
    };

    public static AnswerContent Of(Manifest manifest, ReportWords words) => new()
    {
        Outcome = OutcomeMapping.Of(manifest, words),
        ClassNames = manifest.Classes,
        HasFindings = manifest.HasFindings,
        Genes = GeneWords.FormOf(manifest),
        ModelKind = manifest.Genes is not null ? GeneWords.Kind(manifest.ModelKind, words) : manifest.ModelKind == "stack" ? words.Of("stack of several models", "多个模型的堆叠") : manifest.ModelKind,
        SampleNoun = InFile(manifest).One,
        SampleNounPlural = InFile(manifest).Many,
        Samples = manifest.TrainingSamples,
        Events = manifest is { HasFindings: false, Classes.Length: 2 } && manifest.TrainingClassCounts.Length == 2 ? manifest.TrainingClassCounts[^1] : null,
        Columns = manifest.Genes?.Features.Length ?? manifest.Columns.Length,
    };

    private static RowNoun InFile(Manifest manifest) => manifest.Genes is { } genes ? RowNoun.Of(genes.Form) : RowNoun.Case;
}
