namespace MedTune.Training;

/// <summary>How a training sample fared over the epochs (Swayamdipta et al., "Dataset cartography", EMNLP 2020; Pleiss et al., "Identifying mislabeled data using the area under the
/// margin ranking", NeurIPS 2020; Toneva et al., "An empirical study of example forgetting", ICLR 2019).</summary>
/// <param name="Epochs">Epochs that were recorded.</param>
/// <param name="Confidence">Mean probability of its label, 0 to 1; 0 without an epoch.</param>
/// <param name="Variability">Standard deviation of that probability over the epochs.</param>
/// <param name="AreaUnderMargin">Mean of the label's logit minus the largest other one; negative where the model keeps disagreeing.</param>
/// <param name="Correctness">Share of the epochs in which it was classified as labelled.</param>
/// <param name="Forgotten">How often it went from right to wrong.</param>
public sealed record SampleDynamics(int Epochs, double Confidence, double Variability, double AreaUnderMargin, double Correctness, int Forgotten);
