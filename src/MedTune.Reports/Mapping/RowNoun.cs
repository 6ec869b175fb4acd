using MedTune.Data;
using MedTune.Data.Genes;
using MedTune.Reports.Wording;

namespace MedTune.Reports.Mapping;

/// <summary>What a row is called.</summary>
/// <param name="One">In the singular.</param>
/// <param name="Many">In the plural.</param>
internal sealed record RowNoun(string One, string Many)
{
    /// <summary>Where nothing says what a row is.</summary>
    public static RowNoun Row { get; } = new("row", "rows");

    /// <summary>Of a set of pictures.</summary>
    public static RowNoun Picture { get; } = new("picture", "pictures");

    /// <summary>Of measurements or genotypes.</summary>
    public static RowNoun Sample { get; } = new("sample", "samples");

    /// <summary>Of letters of DNA.</summary>
    public static RowNoun Sequence { get; } = new("sequence", "sequences");

    /// <summary>In a model file, which does not say whether patients had several rows.</summary>
    public static RowNoun Case { get; } = new("case", "cases");

    /// <summary>
    /// A row is called a patient unless patients are known to have several: data that do not say who the patients are were split as if each row were one.
    /// </summary>
    public static RowNoun Of(DatasetSummary data) => data.IsOfPictures ? Picture
        : data.Genes != GeneForm.None ? Of(data.Genes) : data.Patients is int patients && patients != data.Rows ? Row : new("patient", "patients");

    /// <summary>Of a form of gene data; a row for none.</summary>
    public static RowNoun Of(GeneForm form) => form switch { GeneForm.None => Row, GeneForm.Sequence => Sequence, _ => Sample };

    /// <summary>"61 patients".</summary>
    public string Count(int count, ReportWords words) => words.Counted(count, One, Many);
}
