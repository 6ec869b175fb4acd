using MedTune.Data.Augmentation;

namespace MedTune.Tests.Data.Augmentation;

/// <summary>Policies change a picture the same way whenever and in whatever order they are asked, and mixing keeps the books of the labels.</summary>
public sealed class AugmentationPolicyTests
{
    public static TheoryData<string> Presets => [.. AugmentationPreset.Names.Keys];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Apply_Preset_DependsOnSeedEpochAndSampleOnly(string name)
    {
        var policy = AugmentationPreset.Of(name);
        policy.Check();
        float[] first = After(policy, 1, 2, 3);
        _ = After(policy, 1, 2, 4);
        Assert.Equal(first, After(policy, 1, 2, 3));
        if (!policy.IsNone)
        {
            Assert.NotEqual(first, After(policy, 2, 2, 3));
            Assert.NotEqual(first, After(policy, 1, 3, 3));
            Assert.NotEqual(first, After(policy, 1, 2, 4));
        }
    }

    [Theory]
    [InlineData("chest-x-ray")]
    [InlineData("fundus")]
    [InlineData("general")]
    [InlineData("ultrasound")]
    public void Presets_WhereTheSideMatters_NeverExchangeIt(string name)
    {
        var policy = AugmentationPreset.Of(name);
        Assert.All(policy.OneOf.Concat(policy.Steps.Select(step => step.Name)), change => Assert.False(AugmentationRegistry.Of(change).ChangesSides));
    }

    [Fact]
    public void Check_OutOfRange_IsRefused()
    {
        Assert.Contains("from 0 to 1", Refusal(new() { Mixup = 1.5 }), StringComparison.Ordinal);
        Assert.Contains("from 0 to 1", Refusal(new() { Mixup = 0.6, CutMix = 0.6 }), StringComparison.Ordinal);
        Assert.Contains("from 0 to 1", Refusal(new() { Steps = [new("noise", double.NaN, 1)] }), StringComparison.Ordinal);
        Assert.Contains("no augmentation 'flop'", Refusal(new() { OneOf = ["flop"] }), StringComparison.Ordinal);
        static string Refusal(AugmentationPolicy policy) => Assert.Throws<ArgumentException>(policy.Check).Message;
    }

    [Fact]
    public void Mixup_Shares_AreThoseOfThePixels()
    {
        TrainingPicture[] pictures = [.. Enumerable.Range(0, 6).Select(i => Filled(i / 8f))];
        var mixed = PictureMixing.Apply(pictures, new AugmentationPolicy { Mixup = 1 }, 3, 0, [10, 11, 12, 13, 14, 15]);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal((i + 1) % 6, mixed[i].Other);
            Assert.Equal((mixed[i].Share * i / 8) + ((1 - mixed[i].Share) * mixed[i].Other / 8), pictures[i].Samples[0], 5);
        }

        Assert.True(mixed.Select(one => one.Share).Distinct().Count() > 4);
    }

    [Fact]
    public void CutMix_Shares_AreThoseOfTheArea()
    {
        TrainingPicture[] pictures = [.. Enumerable.Range(0, 6).Select(i => Filled(i / 8f))];
        var mixed = PictureMixing.Apply(pictures, new AugmentationPolicy { CutMix = 1 }, 3, 0, [10, 11, 12, 13, 14, 15]);
        for (int i = 0; i < 6; i++)
        {
            int own = pictures[i].Samples.Count(value => value == i / 8f);
            Assert.Equal((double)own / pictures[i].Samples.Length, mixed[i].Share, 9);
        }
    }

    [Fact]
    public void Mixing_PicturesOfTwoSizesOrOneAlone_IsRefusedOrLeft()
    {
        Assert.Throws<ArgumentException>(() => PictureMixing.Apply([Filled(0), new TrainingPicture(2, 2, 1, new float[4])], AugmentationPolicy.None, 1, 0, [1, 2]));
        var alone = Assert.Single(PictureMixing.Apply([Filled(0.5f)], new AugmentationPolicy { Mixup = 1 }, 1, 0, [1]));
        Assert.Equal((0, 1.0), (alone.Other, alone.Share));
    }

    private static float[] After(AugmentationPolicy policy, ulong seed, int epoch, long sample)
    {
        var picture = AugmentationSuite.Picture(32, 32, 3);
        policy.Apply(picture, seed, epoch, sample);
        return picture.Samples;
    }

    private static TrainingPicture Filled(float value) => new(12, 8, 3, [.. Enumerable.Repeat(value, 288)]);
}
