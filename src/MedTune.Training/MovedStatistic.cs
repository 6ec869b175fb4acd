namespace MedTune.Training;

/// <summary>A running statistic of batch normalization and the output that holds it after a step.</summary>
/// <param name="Running">The initializer.</param>
/// <param name="Moved">The output: running · momentum + batch · (1 - momentum).</param>
/// <param name="Momentum">What stays of the running statistic in a step.</param>
/// <param name="Correction">What the batch's part is multiplied by: n / (n - 1) for a variance, which makes it unbiased, else 1.</param>
internal readonly record struct MovedStatistic(string Running, string Moved, float Momentum, float Correction)
{
    /// <summary>Writes the moved statistic over the running one, the batch's part corrected: PyTorch keeps the unbiased variance.</summary>
    public void Apply(Span<float> running, ReadOnlySpan<float> moved)
    {
        for (int i = 0; i < running.Length; i++)
        {
            float stays = running[i] * Momentum;
            running[i] = Correction == 1 ? moved[i] : stays + ((moved[i] - stays) * Correction);
        }
    }
}
