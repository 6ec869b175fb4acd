using System.Runtime.InteropServices;
using System.Security.Cryptography;
using MedTune.Tensors;

namespace MedTune.Tests.Tensors;

[Trait("Category", "InstructionSet")]
public sealed class LogisticFunctionsTests
{
    [Fact]
    public void SigmoidAndSoftplus_WholeRange_AreWithinThreeUlps()
    {
        double[] margins = Margins(4001);
        double[] chances = new double[margins.Length];
        double[] losses = new double[margins.Length];
        LogisticFunctions.SigmoidAndSoftplus(margins, chances, losses);
        for (int i = 0; i < margins.Length; i++)
        {
            AssertClose(DoubleMath.Sigmoid(margins[i]), chances[i], margins[i]);
            AssertClose(DoubleMath.Softplus(margins[i]), losses[i], margins[i]);
        }
    }

    [Fact]
    public void SigmoidAndSoftplus_Limits_AreTheirs()
    {
        double[] margins = [double.NegativeInfinity, -800, 0, 800, double.PositiveInfinity, double.NaN];
        double[] chances = new double[6];
        double[] losses = new double[6];
        LogisticFunctions.SigmoidAndSoftplus(margins, chances, losses);
        Assert.InRange(chances[0], 0, 1e-300);
        Assert.InRange(chances[1], 0, 1e-300);
        Assert.Equal([0.5, 1, 1, double.NaN], chances[2..]);
        Assert.Equal(Math.Log(2), losses[2], 15);
        Assert.Equal([800, double.PositiveInfinity, double.NaN], losses[3..]);
    }

    [Fact]
    public void Sigmoid_AnyLengthAndPlace_HasTheSameBits()
    {
        double[] margins = Margins(37);
        double[] all = new double[margins.Length];
        LogisticFunctions.Sigmoid(margins, all);
        for (int length = 0; length <= margins.Length; length++)
        {
            double[] part = margins[^length..];
            double[] losses = new double[length];
            LogisticFunctions.SigmoidAndSoftplus(part, part, losses);
            Assert.Equal(all[^length..], part);
        }

        Assert.Throws<ArgumentException>(() => LogisticFunctions.Sigmoid(margins, new double[3]));
    }

    /// <summary>One hash for every instruction-set mode and every machine.</summary>
    [Fact]
    public void SigmoidAndSoftplus_ManyValues_HaveTheCommittedBits()
    {
        double[] margins = Margins(999);
        double[] losses = new double[margins.Length];
        LogisticFunctions.SigmoidAndSoftplus(margins, margins, losses);
        byte[] hash = SHA256.HashData([.. MemoryMarshal.AsBytes<double>(margins), .. MemoryMarshal.AsBytes<double>(losses)]);
        Assert.Equal("9e2f16c49c12b473128faf6b61359375", Convert.ToHexStringLower(hash)[..32]);
    }

    /// <summary>From -700 to 700, most of them small.</summary>
    private static double[] Margins(int count)
    {
        var margins = new double[count];
        for (int i = 0; i < count; i++)
        {
            double place = (2.0 * i / (count - 1)) - 1;
            margins[i] = 699 * place * place * place * place * place;
        }

        return margins;
    }

    private static void AssertClose(double expected, double actual, double margin) =>
        Assert.True(Math.Abs(expected - actual) <= 3 * (Math.BitIncrement(expected) - expected), $"At {margin}: {actual:R} instead of {expected:R}.");
}
