using MedTune.Data;
using MedTune.Prediction;

namespace MedTune;

/// <summary>How a finished model does on new data.</summary>
/// <param name="Model">The model.</param>
/// <param name="Part">Predictions and figures; its name is <c>external</c>.</param>
/// <param name="Data">What the data were.</param>
/// <param name="SeenRows">Samples among them that the model was trained on; 0 unless that was accepted.</param>
/// <param name="Openings">How often these data have been used to judge a model on this machine, this time included.</param>
public sealed record ExternalEvaluation(ModelFile Model, PartEvaluation Part, DatasetSummary Data, int SeenRows, int Openings)
{
    /// <summary>The name of the data file, without its folder; empty when it is not known.</summary>
    public string FileName { get; init; } = "";

    /// <summary>Of gene data what can be reached without the model; null for tables and pictures.</summary>
    public GeneEvidence? Genes { get; init; }

    /// <summary>Writes <c>metrics.json</c> and <c>predictions.csv</c> into a new or empty folder.</summary>
    /// <exception cref="DataException">The folder is in use or cannot be written; nothing is left behind.</exception>
    public void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new DataException($"'{folder}' exists and is not an empty folder; give a new one with --out.");
        }

        bool isNew = !Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            WriteInto(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(folder, isNew);
            throw new DataException($"The results cannot be written into '{folder}'; give a place with room that you may write to with --out.", exception);
        }
    }

    private void WriteInto(string folder)
    {
        ResultFile.Write(Path.Combine(folder, RunFolder.MetricsFileName), MetricsFile.ToText([Part]));
        ResultFile.Write(Path.Combine(folder, RunFolder.PredictionsFileName), PredictionsFile.ToText([Part], Model.Manifest.Classes));
    }

    private static void Remove(string folder, bool isNew)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        File.Delete(Path.Combine(folder, RunFolder.MetricsFileName));
        File.Delete(Path.Combine(folder, RunFolder.PredictionsFileName));
        if (isNew)
        {
            Directory.Delete(folder);
        }
    }
}
