namespace MedTune.Modalities.Images;

/// <summary>How a plan's choices become those of fine-tuning.</summary>
internal static class FineTuningDefaults
{
    private const double ScratchDecay = 0.05;

    /// <summary>The options of a plan for so many pictures.</summary>
    public static FineTuningOptions For(Plan plan, int pictures)
    {
        var options = FineTuningOptions.For(pictures) with
        {
            Epochs = plan.Epochs,
            Batch = plan.BatchSize,
            Rate = plan.LearningRate,
            Patience = plan.Patience,
            Augmentation = plan.Images!.Augmentation,
        };
        return plan.Images.Network is null ? options with { UsesBatchStatistics = true, WeightDecay = ScratchDecay } : options;
    }
}
