using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>A learning rate that rises linearly for the first steps and then falls along half a cosine to zero.</summary>
/// <param name="Peak">The highest rate.</param>
/// <param name="WarmupSteps">Steps of the rise; 0 for none.</param>
/// <param name="TotalSteps">Steps in all.</param>
public sealed record CosineSchedule(double Peak, int WarmupSteps, int TotalSteps)
{
    /// <summary>The rate of a step, counted from 0.</summary>
    public float At(int step)
    {
        if (step < WarmupSteps)
        {
            return (float)(Peak * (step + 1) / WarmupSteps);
        }

        double done = (double)(step - WarmupSteps) / Math.Max(1, TotalSteps - WarmupSteps);
        return (float)(Peak * 0.5 * (1 + DoubleMath.Cos(Math.PI * Math.Min(1.0, done))));
    }
}
