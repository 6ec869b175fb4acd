using MedTune.Prediction;
using MedTune.Reports.Mapping;

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
    public static ReportContent Of(FinishedRun finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        return TrainingMapping.Of(finished);
    }

    /// <summary>The report of a finished model on new data.</summary>
    /// <param name="evaluation">The evaluation.</param>
    public static ReportContent Of(ExternalEvaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        return ExternalMapping.Of(evaluation);
    }

    /// <summary>A model card: what a model file says about itself.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ModelFileException">The weights do not fit the columns the file names.</exception>
    public static ReportContent Of(ModelFile model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return CardMapping.Of(model);
    }

    /// <summary>Writes the report of a finished run.</summary>
    /// <param name="finished">The run.</param>
    /// <param name="path">The file; an existing one is replaced. Its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    public static void Write(FinishedRun finished, string path) => ReportFile.Write(Of(finished), path);

    /// <summary>Writes the report of a finished model on new data.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="path">The file; an existing one is replaced. Its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    public static void Write(ExternalEvaluation evaluation, string path) => ReportFile.Write(Of(evaluation), path);

    /// <summary>Writes the model card of a model file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; an existing one is replaced. Its folder must exist.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is not open for writing.</exception>
    /// <exception cref="ModelFileException">The weights do not fit the columns the file names.</exception>
    public static void Write(ModelFile model, string path) => ReportFile.Write(Of(model), path);
}
