using MedTune.Data;
using MedTune.Data.Images;
using MedTune.Tensors;
using Xunit.Abstractions;

namespace MedTune.Tests.Data.Images;

/// <summary>Our JPEG decoder gives back what was written: exactly where the picture is lossless, within rounding where it is not.</summary>
public sealed class JpegDecoderTests(ITestOutputHelper output)
{
    public static TheoryData<int, int, int> LosslessForms()
    {
        var forms = new TheoryData<int, int, int>();
        for (int predictor = 1; predictor <= 7; predictor++)
        {
            foreach (int precision in (int[])[2, 8, 10, 12, 15, 16])
            {
                forms.Add(predictor, precision, precision == 8 ? 3 : 1);
            }
        }

        return forms;
    }

    [Theory]
    [MemberData(nameof(LosslessForms))]
    public void Decode_Lossless_IsExact(int predictor, int precision, int channels)
    {
        foreach ((int width, int height, int restartRows, bool isInterleaved) in (ReadOnlySpan<(int, int, int, bool)>)[(17, 9, 0, true), (1, 1, 0, true), (5, 11, 2, true), (8, 8, 1, false)])
        {
            foreach (bool isNoise in (bool[])[false, true])
            {
                int[] samples = Samples(width, height, channels, precision, isNoise);
                JpegPicture picture = JpegDecoder.Decode(JpegWriter.Lossless(samples, width, height, channels, precision, predictor, restartRows, 0, isInterleaved), "x");
                Assert.Equal((width, height, channels, precision), (picture.Width, picture.Height, picture.Components, picture.Precision));
                Assert.Equal(samples, picture.Samples);
            }
        }
    }

    [Fact]
    public void Decode_LosslessWithPointTransform_DropsTheLowBits()
    {
        int[] samples = Samples(13, 7, 1, 12, isNoise: true);
        JpegPicture picture = JpegDecoder.Decode(JpegWriter.Lossless(samples, 13, 7, 1, 12, 4, 0, pointTransform: 3), "x");
        Assert.Equal(samples.Select(sample => sample >> 3 << 3), picture.Samples);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    [InlineData(12, 1)]
    [InlineData(12, 3)]
    public void Decode_SequentialWithFineSteps_IsWithinRounding(int precision, int channels)
    {
        foreach ((int width, int height, int restart, bool isInterleaved) in (ReadOnlySpan<(int, int, int, bool)>)[(24, 16, 0, true), (7, 13, 0, true), (1, 1, 0, true), (33, 20, 2, true), (20, 33, 3, false)])
        {
            foreach (bool isNoise in (bool[])[false, true])
            {
                int[] samples = Samples(width, height, channels, precision, isNoise);
                JpegPicture picture = JpegDecoder.Decode(JpegWriter.Sequential(samples, width, height, channels, precision, default, 1, restart, isInterleaved), "x");
                Assert.Equal((width, height, channels, precision), (picture.Width, picture.Height, picture.Components, picture.Precision));
                int worst = samples.Zip(picture.Samples, (one, two) => Math.Abs(one - two)).Max();
                Assert.True(worst <= 2, $"{width} x {height}, noise {isNoise}: {worst}"); // 64 coefficients, each rounded by at most one half
            }
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(1, 2)]
    [InlineData(4, 1)]
    public void Decode_HalvedColors_KeepASmoothPicture(int across, int down)
    {
        foreach ((int width, int height) in (ReadOnlySpan<(int, int)>)[(40, 40), (37, 21), (3, 3), (2, 2), (1, 1)])
        {
            int[] samples = new int[width * height * 3];
            for (int i = 0; i < samples.Length; i++)
            {
                (int pixel, int channel) = (i / 3, i % 3);
                samples[i] = 100 + (channel * 20) + (pixel % width) + (pixel / width);
            }

            foreach (bool isInterleaved in (bool[])[true, false])
            {
                JpegPicture picture = JpegDecoder.Decode(JpegWriter.Sequential(samples, width, height, 3, 8, (across, down), 1, 0, isInterleaved), "x");
                int worst = samples.Zip(picture.Samples, (one, two) => Math.Abs(one - two)).Max();
                Assert.True(worst <= (across == 4 ? 3 : 2), $"{width} x {height}: {worst}");
            }
        }
    }

    [Fact]
    public void InverseDct_RandomBlocks_IsWithinOneOfDoublePrecision()
    {
        var random = new Philox(5, RandomPurpose.Search, 5);
        foreach (int precision in (int[])[8, 12])
        {
            int largest = 0;
            for (int n = 0; n < 400; n++)
            {
                var coefficients = new long[64];
                for (int i = 0; i < 64; i++)
                {
                    int span = (1 << precision) / (1 + (n % 40));
                    coefficients[i] = random.Below((2 * span) + 1, (ulong)((n * 64) + i)) - span;
                }

                double[] expected = Inverse(coefficients, precision);
                var plane = new ushort[64];
                JpegInverseDct.Transform(coefficients, plane, 0, 8, precision);
                for (int i = 0; i < 64; i++)
                {
                    largest = Math.Max(largest, (int)Math.Abs(plane[i] - Math.Clamp(Math.Round(expected[i]), 0, (1 << precision) - 1)));
                }
            }

            output.WriteLine($"{precision} bits: the largest difference is {largest}");
            Assert.True(largest <= 1);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(null, true)]
    public void ToPixelImage_AdobeMarker_DecidesTheColors(int? adobe, bool isYbr)
    {
        int[] samples = [.. Enumerable.Repeat((int[])[150, 43, 21], 64).SelectMany(pixel => pixel)]; // pure green in YBR
        JpegPicture picture = JpegDecoder.Decode(JpegWriter.Sequential(samples, 8, 8, 3, 8, adobe: adobe), "x");
        Assert.Equal(isYbr, picture.IsUsuallyYbr);
        float[] expected = isYbr ? [0, 255, 0] : [150, 43, 21];
        foreach ((float one, float two) in expected.Zip(picture.ToPixelImage().Samples))
        {
            Assert.InRange(two, one - 2, one + 2);
        }
    }

    [Fact]
    public void Decode_LosslessSampleOfTooManyBits_IsRefused()
    {
        byte[] picture = JpegWriter.Lossless(Samples(16, 16, 1, 12, isNoise: true), 16, 16, 1, 12, 1);
        picture[picture.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC3]) + 4] = 8;
        Assert.Contains("a sample of more than 8 bits", Assert.Throws<DataException>(() => JpegDecoder.Decode(picture, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_CutOff_IsRefused()
    {
        byte[][] pictures =
        [
            JpegWriter.Lossless(Samples(16, 16, 1, 12, true), 16, 16, 1, 12, 1),
            JpegWriter.Sequential(Samples(16, 16, 3, 8, true), 16, 16, 3, 8, (2, 2)),
        ];
        foreach (byte[] picture in pictures)
        {
            for (int length = 0; length < picture.Length - 3; length += 7)
            {
                DataException refusal = Assert.Throws<DataException>(() => JpegDecoder.Decode(picture.AsSpan(0, length), "x.jpg"));
                Assert.StartsWith("x.jpg", refusal.Message, StringComparison.Ordinal);
            }

            _ = JpegDecoder.Decode(picture.AsSpan(0, picture.Length - 2), "x.jpg"); // only the end marker is missing
        }
    }

    [Fact]
    public void Decode_DamagedPictures_NeverDoWorseThanARefusal()
    {
        byte[][] sources =
        [
            JpegWriter.Lossless(Samples(16, 16, 1, 12, true), 16, 16, 1, 12, 1, restartRows: 4),
            JpegWriter.Lossless(Samples(9, 5, 3, 8, false), 9, 5, 3, 8, 7, isInterleaved: false),
            JpegWriter.Sequential(Samples(20, 17, 3, 8, true), 20, 17, 3, 8, (2, 2), restart: 2),
            JpegWriter.Sequential(Samples(16, 24, 1, 12, false), 16, 24, 1, 12, step: 16),
            JpegWriter.Sequential(Samples(33, 9, 3, 8, false), 33, 9, 3, 8, (2, 1), isInterleaved: false, adobe: 1),
        ];
        var random = new Philox(12, RandomPurpose.Search, 9);
        ulong at = 0;
        (int read, int refused) = (0, 0);
        for (int n = 0; n < 4000; n++)
        {
            byte[] bytes = [.. sources[n % sources.Length]];
            for (int change = random.Below(4, at++); change >= 0; change--)
            {
                int place = random.Below(n % 2 == 0 ? bytes.Length : Math.Min(bytes.Length, 120), at++);
                bytes[place] = random.Below(4, at++) == 0 ? (byte)0xFF : (byte)random.Below(256, at++);
            }

            try
            {
                JpegPicture picture = JpegDecoder.Decode(bytes, "x.jpg");
                Assert.All(picture.Samples, sample => Assert.InRange(sample, 0, 65535));
                _ = picture.ToPixelImage();
                read++;
            }
            catch (DataException refusal)
            {
                Assert.StartsWith("x.jpg", refusal.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(". ", refusal.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        output.WriteLine($"{read} read, {refused} refused");
        Assert.True(read > 200 && refused > 200);
    }

    [Fact]
    public void Decode_ProgressiveOrHuge_IsRefused()
    {
        byte[] picture = JpegWriter.Sequential(Samples(16, 16, 1, 8, false), 16, 16, 1, 8);
        int header = picture.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        picture[header + 1] = 0xC2;
        Assert.Contains("is a progressive JPEG picture", Assert.Throws<DataException>(() => JpegDecoder.Decode(picture, "x")).Message, StringComparison.Ordinal);
        picture[header + 1] = 0xC0;
        picture.AsSpan(header + 5, 4).Fill(0xFF);
        Assert.Contains("more than its bytes can hold", Assert.Throws<DataException>(() => JpegDecoder.Decode(picture, "x")).Message, StringComparison.Ordinal);
    }

    private static int[] Samples(int width, int height, int channels, int precision, bool isNoise)
    {
        var random = new Philox(3, RandomPurpose.Search, (ulong)precision);
        int highest = (1 << precision) - 1;
        return [.. Enumerable.Range(0, width * height * channels).Select(i => isNoise
            ? random.Below(highest + 1, (ulong)i)
            : highest * ((i / channels % width) + (i / channels / width) + (i % channels)) / (width + height + channels))];
    }

    private static double[] Inverse(long[] coefficients, int precision)
    {
        var samples = new double[64];
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                double sum = 0;
                for (int v = 0; v < 8; v++)
                {
                    for (int u = 0; u < 8; u++)
                    {
                        sum += coefficients[(8 * v) + u] * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1)
                            * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
                    }
                }

                samples[(8 * y) + x] = (sum / 4) + (1 << (precision - 1));
            }
        }

        return samples;
    }
}
