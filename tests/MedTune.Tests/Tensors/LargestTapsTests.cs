using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

/// <summary>The largest of several values for many windows at once, as one would find it one by one.</summary>
public sealed class LargestTapsTests
{
    [Theory]
    [Trait("Category", "InstructionSet")]
    [InlineData(1, 1)]
    [InlineData(2, 5)]
    [InlineData(9, 33)]
    [InlineData(4, 64)]
    public void Find_ValuesWithTiesAndNaN_GivesTheFirstLargest(int taps, int windows)
    {
        float[] kinds = [float.NegativeInfinity, -1.5f, 0, -0f, 2, float.NaN, float.PositiveInfinity];
        float[] values = [.. Enumerable.Range(0, taps * windows).Select(i => kinds[(int)(((i * 2654435761L) >> 7) % kinds.Length)])];
        int[] numbers = new int[windows];

        LargestTaps.Find(values, numbers);

        for (int window = 0; window < windows; window++)
        {
            int best = 0;
            for (int tap = 1; tap < taps; tap++)
            {
                (float x, float most) = (values[(tap * windows) + window], values[(best * windows) + window]);
                best = x > most || (float.IsNaN(x) && !float.IsNaN(most)) ? tap : best;
            }

            Assert.Equal(best, numbers[window]);
        }
    }

    [Fact]
    public void Find_ValuesThatAreNoWholeRows_IsRefused() =>
        Assert.Throws<ArgumentException>(() => LargestTaps.Find(new float[5], new int[2]));
}
