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

    /// <summary>Writes <c>metrics.json</c> and <c>predictions.csv</c> into a new or empty folder.</summary>
    public void Write(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new DataException($"'{folder}' exists and is not an empty folder; give a new one with --out.");
        }

        Directory.CreateDirectory(folder);
        AtomicText.Write(Path.Combine(folder, RunFolder.MetricsFileName), MetricsFile.ToText([Part]));
        AtomicText.Write(Path.Combine(folder, RunFolder.PredictionsFileName), PredictionsFile.ToText([Part], Model.Manifest.Classes));
    }
}
