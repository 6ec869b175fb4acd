namespace MedTune.Reports;

/// <summary>Which rows a set of figures was measured on.</summary>
public enum PartKind
{
    /// <summary>Rows sealed away before anything was fitted (<c>test</c> in <c>metrics.json</c>).</summary>
    Test,

    /// <summary>Test rows given apart from the training rows (also <c>test</c> in <c>metrics.json</c>).</summary>
    GivenTest,

    /// <summary>Every training row, predicted by models that had not seen it (<c>oof</c> in <c>metrics.json</c>).</summary>
    OutOfFold,

    /// <summary>New data given to a finished model.</summary>
    External,
}
