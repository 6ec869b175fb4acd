using MedTune.Prediction;
using MedTune.Reports.Mapping;
using MedTune.Reports.Wording;

namespace MedTune.Reports;

/// <summary>Makes reports of results: what a finished run, an evaluation on new data or a model file knows, put into a page.</summary>
/// <remarks>
/// Two runs of the same data, plan and seed give the same page, but for the count of openings of the sealed part. No cell of a row or of
/// an identifying column appears in it; ranges and frequent levels of the columns the model reads do, and how the risks of three examples, which are not named, come about.
/// </remarks>
public static class RunReport
{
    /// <summary>The report of a finished run.</summary>
    /// <param name="finished">The run. Where its folder holds <c>plan.json</c>, that file's digest is shown too.</param>
    /// <param name="language">The language. Default: English.</param>
    public static ReportContent Of(FinishedRun finished, ReportLanguage language = ReportLanguage.English)
    {
        ArgumentNullException.ThrowIfNull(finished);
        return TrainingMapping.Of(finished, ReportWords.In(language));
    }

    /// <summary>The report of a finished model on new data.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="language">The language. Default: English.</param>
    public static ReportContent Of(ExternalEvaluation evaluation, ReportLanguage language = ReportLanguage.English)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return ExternalMapping.Of(evaluation, ReportWords.In(language));
    }

    /// <summary>A model card: what a model file says about itself.</summary>
    /// <param name="model">The model.</param>
    /// <param name="language">The language. Default: English.</param>
    /// <exception cref="ModelFileException">The weights do not fit the columns the file names.</exception>
    public static ReportContent Of(ModelFile model, ReportLanguage language = ReportLanguage.English)
    {
        ArgumentNullException.ThrowIfNull(model);
        return CardMapping.Of(model, ReportWords.In(language));
    }

    /// <summary>Writes the report of a finished run.</summary>
    /// <param name="finished">The run.</param>
    /// <param name="path">The file; an existing one is replaced. Its folder must exist.</param>
    /// <param name="language">The language. Default: English.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    public static void Write(FinishedRun finished, string path, ReportLanguage language = ReportLanguage.English) =>
        ReportFile.Write(Of(finished, language), path);

    /// <summary>Writes the report of a finished model on new data.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="path">The file; an existing one is replaced. Its folder must exist.</param>
    /// <param name="language">The language. Default: English.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    public static void Write(ExternalEvaluation evaluation, string path, ReportLanguage language = ReportLanguage.English) =>
        ReportFile.Write(Of(evaluation, language), path);

    /// <summary>Writes the model card of a model file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; an existing one is replaced. Its folder must exist.</param>
    /// <param name="language">The language. Default: English.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    /// <exception cref="ModelFileException">The weights do not fit the columns the file names.</exception>
    public static void Write(ModelFile model, string path, ReportLanguage language = ReportLanguage.English) =>
        ReportFile.Write(Of(model, language), path);
}
