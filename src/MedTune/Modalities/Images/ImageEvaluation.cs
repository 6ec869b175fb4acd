using MedTune.Prediction;

namespace MedTune.Modalities.Images;

/// <summary>Judges a finished model file on pictures with known classes, through the predictor that users run.</summary>
internal static class ImageEvaluation
{
    /// <summary>On some pictures.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Pictures with the model's classes in its order.</param>
    /// <param name="rows">Which of them.</param>
    /// <param name="part">What the part is called.</param>
    /// <param name="threads">At least 1; it changes no bit.</param>
    /// <param name="progress">Told how many are answered.</param>
    /// <param name="cancellation">Stops.</param>
    public static PartEvaluation Of(ModelFile model, ImageData data, int[] rows, string part, int threads, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        using var predictor = new ImagePredictor(model, threads);
        var answers = predictor.Predict(rows.Length, i => data.Read(rows[i]), progress is null ? null : new Answered(progress, rows.Length), cancellation);
        var thresholds = model.Manifest.Thresholds ?? [model.Manifest.Threshold ?? double.NaN];
        var predictions = rows.Select((row, i) => PartEvaluator.Answered(data.Sample(row, -1), Array.ConvertAll([.. answers[i].Probabilities], p => (float)p), thresholds));
        return PartEvaluator.Evaluate(part, predictions, data.ClassNames, data.HasGroups);
    }

    private sealed class Answered(IProgress<TrainingProgress> listener, int count) : IProgress<int>
    {
        public void Report(int value) => listener.Report(new TrainingProgress("judging", value, count, ""));
    }
}
