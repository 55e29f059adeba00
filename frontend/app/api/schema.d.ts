// Made by `make schema` from docs/swagger.json, 772e2458886bf0701498c0b615b9afd45855e36a48a3b2b4cb7f45c673787414. Do not edit.
export interface paths {
    "/api/authenticated/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether you are signed in; whatever the header holds is no error */
        get: operations["get_api_authenticated"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/description/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say something about yourself, or nothing */
        post: operations["post_api_description"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/follow/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Follow somebody; twice is once
         * @description A private account has to let you in first.
         */
        post: operations["post_api_follow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/following/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Those whom you follow, each with their three pictures; at most 1,000, the latest first */
        get: operations["get_api_following"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Under /api the token is good for as long as its session, elsewhere for ten minutes.
         *
         *     The session is one of those that its owner can list and end.
         */
        post: operations["post_api_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your name, your three pictures and your description */
        get: operations["get_api_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/register/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an account without an e-mail address, which can be added later */
        post: operations["post_api_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/search/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find people: whose name begins so, then whose contains it, then whose is nearly that */
        get: operations["get_api_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/unfollow/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Follow somebody no more, or take your request back; twice is once */
        post: operations["post_api_unfollow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/upload/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hang a picture in the place `Pos`, instead of the one before it; answered once it hangs */
        post: operations["post_api_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/explore/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Posts that you may like, by people whom you do not follow, and why
         * @description What people you follow react to, what has tags that you follow or react to, and what is
         *     liked on the site. They are found anew every few minutes; `next` goes on in what you began
         *     to read.
         */
        get: operations["get_explore"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/explore/people/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People whom you may want to follow: friends of friends, and whose posts you like */
        get: operations["get_explore_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/explore/tags/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tags that are much used, and tags that you may like; none that you follow */
        get: operations["get_explore_tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This server's name, rules, limits and abilities
         * @description The same for everybody, guests too.
         */
        get: operations["get_instance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/uploads/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to send a photo straight to the store
         * @description Send it as the answer says: one form, whose fields come before the file; or parts, in any
         *     order and as often as needed. Then complete it. A post can be made of it within a day.
         */
        post: operations["post_media_uploads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/uploads/{upload_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the upload. */
                upload_id: number;
            };
            cookie?: never;
        };
        /** What has arrived of an upload, where to send the rest, and what became of it */
        get: operations["get_media_uploads_upload_id"];
        put?: never;
        post?: never;
        /** Give up an upload, with what has arrived, or with its picture if nothing shows it */
        delete: operations["delete_media_uploads_upload_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/media/uploads/{upload_id}/complete/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the upload. */
                upload_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a picture of what has arrived; twice is once
         * @description It is checked by its content, and its renditions are made in the background. Its id goes
         *     into `media` of a new post. A picture that nothing shows is deleted after a day.
         */
        post: operations["post_media_uploads_upload_id_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your own posts in every state */
        get: operations["get_posts"];
        put?: never;
        /**
         * Post one to ten photos and videos; others see them once their renditions are made
         * @description Send the files as `images`, or JSON with `media`: the ids of pictures that were sent
         *     straight to the store (`POST /media/uploads/`) and that nothing shows yet.
         *
         *     With `draft` nobody else sees it until you publish it (`POST /posts/{post_id}/publish/`),
         *     with `publish_at` until then; a draft may have no pictures yet.
         */
        post: operations["post_posts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/collections/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your collections of what you have saved */
        get: operations["get_posts_collections"];
        put?: never;
        /** Make a collection, after those that you have */
        post: operations["post_posts_collections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/collections/{collection_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the collection. */
                collection_id: number;
            };
            cookie?: never;
        };
        /** One of your collections; `GET /posts/saved/?collection=` is what is in it */
        get: operations["get_posts_collections_collection_id"];
        put?: never;
        post?: never;
        /** Delete a collection; what is in it stays saved */
        delete: operations["delete_posts_collections_collection_id"];
        options?: never;
        head?: never;
        /** Rename a collection, move it among yours, or choose its cover */
        patch: operations["patch_posts_collections_collection_id"];
        trace?: never;
    };
    "/posts/drafts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your drafts, which nobody else sees: `publish_at` tells those that are scheduled */
        get: operations["get_posts_drafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/mentioned/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The published posts that mention you */
        get: operations["get_posts_mentioned"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/reacted/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you have reacted to, the latest reaction first */
        get: operations["get_posts_reacted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/saved/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you have saved, the latest saved first */
        get: operations["get_posts_saved"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/timeline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your home timeline: the posts of those whom you follow, and your own
         * @description And with tags that you follow, if your profile says `shows_followed_tags`.
         */
        get: operations["get_posts_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/user/{user_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: number;
            };
            cookie?: never;
        };
        /** The published posts of one person that you may see; none yet is an empty list */
        get: operations["get_posts_user_user_id"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        /** A post */
        get: operations["get_posts_post_id"];
        /** Change your post; the caption must be sent, the rest stays unless it is */
        put: operations["put_posts_post_id"];
        post?: never;
        /** Delete your post, with its pictures, comments and likes */
        delete: operations["delete_posts_post_id"];
        options?: never;
        head?: never;
        /** Change what is sent of your post; what it said before is kept, but of a draft */
        patch: operations["patch_posts_post_id"];
        trace?: never;
    };
    "/posts/{post_id}/comments/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        /** The comments right below a post; each tells how many replies it has */
        get: operations["get_posts_post_id_comments"];
        put?: never;
        /**
         * Comment on a post, or answer a comment under it
         * @description Others see the picture, if there is one, once its renditions are made.
         */
        post: operations["post_posts_post_id_comments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/comments/{comment_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        /** A comment */
        get: operations["get_posts_post_id_comments_comment_id"];
        /** Change what your comment says; what it said before is kept */
        put: operations["put_posts_post_id_comments_comment_id"];
        post?: never;
        /** Delete your own comment, or any under your own post */
        delete: operations["delete_posts_post_id_comments_comment_id"];
        options?: never;
        head?: never;
        /** Change what your comment says, if a text is sent */
        patch: operations["patch_posts_post_id_comments_comment_id"];
        trace?: never;
    };
    "/posts/{post_id}/comments/{comment_id}/reactions/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        /** Who reacted to a comment that you may read, as far as you may see them */
        get: operations["get_posts_post_id_comments_comment_id_reactions"];
        put?: never;
        /**
         * React to a comment
         * @description Another emoji replaces your first; the same one changes nothing.
         */
        post: operations["post_posts_post_id_comments_comment_id_reactions"];
        /** Take your reaction back, whichever it is; twice is once */
        delete: operations["delete_posts_post_id_comments_comment_id_reactions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/comments/{comment_id}/reactions/summary/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        /** How often each emoji stands at a comment */
        get: operations["get_posts_post_id_comments_comment_id_reactions_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/comments/{comment_id}/replies/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        /** The replies right below a comment, of which each may have its own */
        get: operations["get_posts_post_id_comments_comment_id_replies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/edits/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        /** What your post said before each edit */
        get: operations["get_posts_post_id_edits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/like/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Like a post; twice is once */
        post: operations["post_posts_post_id_like"];
        /** Take your like back; twice is once */
        delete: operations["delete_posts_post_id_like"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/media/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put pictures behind those of your draft; their order is changed by `PATCH` */
        post: operations["post_posts_post_id_media"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/media/{media_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the media. */
                media_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete one picture of your draft; the others move up
         * @description The second time is a 404.
         */
        delete: operations["delete_posts_post_id_media_media_id"];
        options?: never;
        head?: never;
        /** Say what one picture of your draft shows */
        patch: operations["patch_posts_post_id_media_media_id"];
        trace?: never;
    };
    "/posts/{post_id}/publish/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish your draft now, or as soon as its pictures are ready; twice is once */
        post: operations["post_posts_post_id_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/reactions/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        /** Who reacted to a post that you may see, as far as you may see them */
        get: operations["get_posts_post_id_reactions"];
        put?: never;
        /**
         * React to a post
         * @description Another emoji replaces your first; the same one changes nothing.
         */
        post: operations["post_posts_post_id_reactions"];
        /** Take your reaction back, whichever it is; twice is once */
        delete: operations["delete_posts_post_id_reactions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/reactions/summary/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        /** How often each emoji stands under a post */
        get: operations["get_posts_post_id_reactions_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/repost/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Repost a post of another to those who follow you; twice is once */
        post: operations["post_posts_post_id_repost"];
        /** Take your repost back; twice is once */
        delete: operations["delete_posts_post_id_repost"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/retry/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try the pictures of your failed post again; nothing changes while it is processed */
        post: operations["post_posts_post_id_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/posts/{post_id}/save/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Save a post, if you like in one of your collections
         * @description Nobody is told who saved it.
         */
        post: operations["post_posts_post_id_save"];
        /** Save a post no more; twice is once */
        delete: operations["delete_posts_post_id_save"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/autocomplete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People and tags that begin like what is typed, those whom you follow first */
        get: operations["get_search_autocomplete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search/query/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Posts, people and tags, the best first
         * @description Words are looked for in captions, alt texts, tags, usernames and names, in any case, with or
         *     without accents, with a letter or two wrong, and each has to be found. A word may be the beginning
         *     of a longer one. Beside words, `query` understands:
         *
         *     - `"exact words"` side by side, and `-without`, `-"such words"`, `-#tag`
         *     - `#tag` or `tag:name`
         *     - `@name`: the person and their posts. `from:name` or `author:name`: their posts. `from:me`: yours
         *     - `after:2026-01-31`: from that day on. `before:2026-01-31`: until that day begins. Days are in UTC
         *     - `type:post`, `type:user`, `type:tag`
         *     - `has:alt` (every picture is described), `has:album`, `has:caption`, `has:tag`
         *
         *     What makes no sense is looked for as words. Parameters and what is typed have to hold together.
         */
        get: operations["get_search_query"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/showcase/feed/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What those whom you follow have hung in the last seven days, and hangs there still */
        get: operations["get_showcase_feed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tags/followed/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tags that you follow */
        get: operations["get_tags_followed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tags/{name}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name, in upper or lower case. */
                name: string;
            };
            cookie?: never;
        };
        /**
         * A tag, in any spelling
         * @description One that nobody uses has no posts.
         *
         *     Write `%23` before a tag that is called like a page: `/tags/%23followed/`.
         */
        get: operations["get_tags_name"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tags/{name}/follow/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name, in upper or lower case. */
                name: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Follow a tag; twice is once */
        post: operations["post_tags_name_follow"];
        /** Follow a tag no longer; twice is once */
        delete: operations["delete_tags_name_follow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tags/{name}/posts/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name, in upper or lower case. */
                name: string;
            };
            cookie?: never;
        };
        /**
         * The posts with a tag that you may see, the newest first or those most reacted to
         * @description `top` goes by reactions, from a hundred on in steps of a tenth to a hundredth; among
         *     equals the newest is first.
         */
        get: operations["get_tags_name_posts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your own page, with your e-mail address */
        get: operations["get_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/activate/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove an e-mail address by the token of a letter; twice answers the same */
        post: operations["post_users_activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/block/{username}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Block somebody: neither sees the other, both follows end; DELETE undoes the block alone */
        post: operations["post_users_block_username"];
        /** Block somebody: neither sees the other, both follows end; DELETE undoes the block alone */
        delete: operations["delete_users_block_username"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/blocks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom you have blocked */
        get: operations["get_users_blocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/email/change/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a link sent to a new address, which becomes yours when it is opened
         * @description With the present address, the activation letter is sent again.
         */
        post: operations["post_users_email_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/follow/{username}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Follow somebody, or ask to if the account is private; DELETE undoes either */
        post: operations["post_users_follow_username"];
        /** Follow somebody, or ask to if the account is private; DELETE undoes either */
        delete: operations["delete_users_follow_username"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/follower/{username}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove somebody from your followers; they are not told */
        delete: operations["delete_users_follower_username"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/login/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with username or e-mail, and open a session for this device */
        post: operations["post_users_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/logout/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session of the refresh token, of the cookie, or of the access token that is sent
         * @description All its tokens end with it, at once. Twice answers the same.
         */
        post: operations["post_users_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/mute/{username}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep somebody's posts out of your timeline, for good or until a time; DELETE undoes it */
        post: operations["post_users_mute_username"];
        /** Keep somebody's posts out of your timeline, for good or until a time; DELETE undoes it */
        delete: operations["delete_users_mute_username"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/mutes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom you have muted */
        get: operations["get_users_mutes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/password/change/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password
         * @description Every older token ends, on this device too, which gets new ones.
         */
        post: operations["post_users_password_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/password/reset/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a link to a new password sent */
        post: operations["post_users_password_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/password/reset/confirm/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password by the token of a letter, once
         * @description Every device is signed out.
         */
        post: operations["post_users_password_reset_confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/refresh/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Spend a refresh token for new tokens
         * @description It works once: sent again, it ends the session.
         */
        post: operations["post_users_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/register/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an account
         * @description An activation link follows by mail; signing in does not wait for it.
         *
         *     With a ticket the address is proved already, and no link follows.
         */
        post: operations["post_users_register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/register/code/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have six digits sent that prove an address before there is an account
         * @description They live an hour.
         */
        post: operations["post_users_register_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/register/verify/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove an address by its code
         * @description After five wrong ones it is worth nothing.
         */
        post: operations["post_users_register_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/requests/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks to follow you */
        get: operations["get_users_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/requests/{username}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let somebody follow you who has asked to; DELETE refuses, and they are not told */
        post: operations["post_users_requests_username"];
        /** Let somebody follow you who has asked to; DELETE refuses, and they are not told */
        delete: operations["delete_users_requests_username"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The devices that are signed in as you; DELETE signs out all but the one that asks */
        get: operations["get_users_sessions"];
        put?: never;
        post?: never;
        /** The devices that are signed in as you; DELETE signs out all but the one that asks */
        delete: operations["delete_users_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/sessions/{session_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the session. */
                session_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign one of your devices out; twice answers the same */
        delete: operations["delete_users_sessions_session_id"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        /** A person's page: what they tell of themselves, counts, and what you are to them */
        get: operations["get_users_username"];
        /** Change the fields that are sent, of your own page; as PATCH */
        put: operations["put_users_username"];
        post?: never;
        /**
         * Delete your account
         * @description Gone at once; its data are purged later.
         */
        delete: operations["delete_users_username"];
        options?: never;
        head?: never;
        /** Change the fields that are sent, of your own page */
        patch: operations["patch_users_username"];
        trace?: never;
    };
    "/users/{username}/followers/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        /** Who follows somebody */
        get: operations["get_users_username_followers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/following/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        /** Whom somebody follows */
        get: operations["get_users_username_following"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/posts/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        /** The published posts of one person that you may see; none yet is an empty list */
        get: operations["get_users_username_posts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/reposts/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        /** What somebody has reposted, the latest first; of a private account, for its followers */
        get: operations["get_users_username_reposts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/showcase/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        /**
         * The three places of somebody's showcase, and what hangs there
         * @description The places of a private account look empty to those who do not follow it.
         */
        get: operations["get_users_username_showcase"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/showcase/history/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        /** What hung in your places before, for you alone */
        get: operations["get_users_username_showcase_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{username}/showcase/{place}/": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
                /** @description The place, in upper or lower case. */
                place: string;
            };
            cookie?: never;
        };
        get?: never;
        /** Hang a picture in one of your places; the present one stays until it is prepared */
        put: operations["put_users_username_showcase_place"];
        post?: never;
        /** Take down what hangs in one of your places, and what is to come; twice is once */
        delete: operations["delete_users_username_showcase_place"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountDeletionWrite: {
            /**
             * Password
             * @description If sent, it must be right.
             */
            password?: string;
        };
        AltTextWrite: {
            /** Alt text */
            alt_text: string;
        };
        /**
         * @example {
         *       "email": "ada@example.org"
         *     }
         */
        CodeRequestWrite: {
            /**
             * Email
             * Format: email
             */
            email: string;
        };
        /**
         * @example {
         *       "code": "204816",
         *       "email": "ada@example.org"
         *     }
         */
        CodeWrite: {
            /**
             * Code
             * @description From the letter.
             */
            code: string;
            /**
             * Email
             * Format: email
             */
            email: string;
        };
        Collection: {
            cover: components["schemas"]["MediaCard"] | null;
            /**
             * Created at
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: number;
            /** Name */
            name: string;
            /**
             * Position
             * @description Its place among yours, from 0.
             */
            position: number;
        };
        CollectionChange: {
            /**
             * Cover post id
             * @description A post in it; null for whatever was saved here last.
             */
            cover_post_id?: number | null;
            /**
             * Name
             * @description Once each, whatever the case.
             */
            name: string;
            /**
             * Position
             * @description The others close up; beyond the last is the last.
             */
            position?: number;
        };
        /** CollectionList */
        CollectionList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Collection"][];
        };
        CollectionWrite: {
            /**
             * Name
             * @description Once each, whatever the case.
             */
            name: string;
        };
        Comment: {
            author: components["schemas"]["Person"] | null;
            /**
             * Created at
             * Format: date-time
             */
            created_at: string;
            /**
             * Edited at
             * Format: date-time
             */
            edited_at: string | null;
            /** @description What to link in the text, in order. */
            entities: components["schemas"]["Entity"][];
            /**
             * Has replies
             * @description Whether anything stands below it at all.
             */
            has_replies: boolean;
            /** Id */
            id: number;
            /** @description At most one picture; for others once it is ready. */
            media: components["schemas"]["MediaCard"][];
            /** @description Usernames. */
            mentions: string[];
            /**
             * Parent id
             * @description The comment below which it stands; null right below the post.
             */
            parent_id: number | null;
            /** Post id */
            post_id: number;
            /** Reactions count */
            reactions_count: number;
            /**
             * Removed
             * @description Nothing is left to be read of it, but there are replies below.
             */
            removed: boolean;
            /**
             * Replies count
             * @description Right below it, without the removed.
             */
            replies_count: number;
            /** Text */
            text: string;
            viewer: components["schemas"]["ViewerOfComment"];
        };
        CommentChange: {
            /** Text */
            text: string;
        };
        /** CommentList */
        CommentList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Comment"][];
        };
        CommentReaction: {
            /**
             * Created at
             * Format: date-time
             */
            created_at: string;
            /** Emoji */
            emoji: string;
            person: components["schemas"]["Person"];
        };
        /** CommentReactionList */
        CommentReactionList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["CommentReaction"][];
        };
        /**
         * @example {
         *       "email": "new@example.org",
         *       "password": "poetical science"
         *     }
         */
        EmailChangeWrite: {
            /**
             * Email
             * Format: email
             */
            email: string;
            /** Password */
            password: string;
        };
        EmojiCount: {
            /** Count */
            count: number;
            /** Emoji */
            emoji: string;
        };
        /** @description What to link in the caption, in order. */
        Entity: {
            /** End */
            end: number;
            /**
             * Kind
             * @enum {string}
             */
            kind: "mention" | "tag";
            /** Start */
            start: number;
            /**
             * Value
             * @description The username now, or the tag as its page is called.
             */
            value: string;
        };
        /** Error */
        Error: {
            /** @description For programs; does not change. */
            code: string;
            /** @description For people. */
            detail: string;
            /** @description What is wrong with which field; what is wrong with the whole is at `""`. */
            fields: {
                [key: string]: string[];
            };
        };
        Features: {
            /** Albums */
            albums: boolean;
            /** Photos */
            photos: boolean;
            /** Private accounts */
            private_accounts: boolean;
            /** Videos */
            videos: boolean;
        };
        FollowedTag: {
            /**
             * Followed at
             * Format: date-time
             */
            followed_at: string;
            /** Name */
            name: string;
        };
        /** FollowedTagList */
        FollowedTagList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["FollowedTag"][];
        };
        FormerPicture: {
            /**
             * Hung at
             * Format: date-time
             */
            hung_at: string;
            /** Id */
            id: number;
            media: components["schemas"]["MediaCard"];
            /**
             * Place
             * @enum {string}
             */
            place: "one" | "two" | "three";
            /**
             * Taken down at
             * Format: date-time
             */
            taken_down_at: string;
        };
        /** FormerPictureList */
        FormerPictureList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["FormerPicture"][];
        };
        Highlights: {
            /** @description One list a picture; empty where nothing is hit. */
            alt_texts?: components["schemas"]["Segment"][][];
            caption?: components["schemas"]["Segment"][];
            /** @description The person's, or the author's. */
            name?: components["schemas"]["Segment"][];
            /** @description One list a tag; empty where nothing is hit. */
            tags?: components["schemas"]["Segment"][][];
            /** @description The person's, or the author's. */
            username?: components["schemas"]["Segment"][];
        };
        InstanceDetail: {
            /**
             * Contact email
             * @description Empty when there is none.
             */
            contact_email: string;
            /** Description */
            description: string;
            features: components["schemas"]["Features"];
            limits: components["schemas"]["Limits"];
            /** Name */
            name: string;
            /** @description Media types that can be uploaded. */
            photo_types: string[];
            /** Registrations open */
            registrations_open: boolean;
            /** @description Longest sides in pixels. */
            rendition_sizes: number[];
            /** Rules */
            rules: string;
            /** Version */
            version: string;
            /** @description The same of videos; empty: none are taken. */
            video_types: string[];
        };
        Limits: {
            /** Alt text max length */
            alt_text_max_length: number;
            /** Bio max length */
            bio_max_length: number;
            /** Caption max length */
            caption_max_length: number;
            /** Comment max length */
            comment_max_length: number;
            /**
             * Media max count
             * @description In one post.
             */
            media_max_count: number;
            /**
             * Page size
             * @description Of a list without `limit`.
             */
            page_size: number;
            /** Page size max */
            page_size_max: number;
            /** Password max length */
            password_max_length: number;
            /** Password min length */
            password_min_length: number;
            /** Photo max bytes */
            photo_max_bytes: number;
            /**
             * Photo max pixels
             * @description Width times height.
             */
            photo_max_pixels: number;
            /** Tag max length */
            tag_max_length: number;
            /**
             * Tags max count
             * @description On one post.
             */
            tags_max_count: number;
            /** Username max length */
            username_max_length: number;
            /** Username min length */
            username_min_length: number;
            /** Video max bytes */
            video_max_bytes: number;
            /** Video max seconds */
            video_max_seconds: number;
        };
        /**
         * @example {
         *       "password": "poetical science",
         *       "username": "ada"
         *     }
         */
        LoginWrite: {
            /**
             * Browser
             * @description Keep the refresh token in a cookie that scripts cannot read. For our own pages.
             * @default false
             */
            browser: boolean;
            /** Password */
            password: string;
            /**
             * Username
             * @description The username or the e-mail.
             */
            username: string;
        };
        /**
         * @example {
         *       "refresh": "eyJhbGciOi…"
         *     }
         */
        LogoutWrite: {
            /** Refresh */
            refresh?: string;
        };
        MailTokenWrite: {
            /**
             * Token
             * @description From the letter.
             */
            token: string;
        };
        MediaCard: {
            /** Alt text */
            alt_text: string;
            /**
             * Blurhash
             * @description A placeholder until the picture is there (blurha.sh).
             */
            blurhash: string | null;
            /**
             * Duration seconds
             * @description Of a video that is ready; null of a photo.
             */
            duration_seconds: number | null;
            /**
             * Error
             * @description Why it failed, for its owner.
             */
            error: string | null;
            /**
             * Height
             * @description As its width.
             */
            height: number;
            /** Id */
            id: number;
            /**
             * Poster
             * Format: uri
             * @description The largest picture of a video; null of a photo.
             */
            poster: string | null;
            /**
             * Progress
             * @description Of a video that is being processed: 0 to 100.
             */
            progress: number | null;
            /**
             * Renditions
             * @description Pictures by their longest side in pixels; none is larger than the original. Those of a video are posters of it.
             */
            renditions: {
                [key: string]: string;
            };
            /**
             * State
             * @enum {string}
             */
            state: "processing" | "ready" | "failed";
            /**
             * Type
             * @enum {string}
             */
            type: "photo" | "video";
            /**
             * Url
             * Format: uri
             * @description The largest rendition, or the video: an MP4 that can be read in ranges. Of what not everybody may see, it is for you alone and for some hours: fetch the card again when it ends.
             */
            url: string | null;
            /**
             * Width
             * @description Pixels of the upright original; of a video 0 until it was looked at.
             */
            width: number;
        };
        MuteWrite: {
            /**
             * Until
             * Format: date-time
             * @description When it ends; never, if not set.
             */
            until?: string | null;
        };
        /**
         * @example {
         *       "new_password": "flying engines",
         *       "old_password": "poetical science"
         *     }
         */
        PasswordChangeWrite: {
            /** New password */
            new_password: string;
            /** Old password */
            old_password: string;
        };
        Person: {
            /**
             * Avatar url
             * Format: uri
             */
            avatar_url: string | null;
            /** Id */
            id: number;
            /** Name */
            name: string;
            /** Username */
            username: string;
        };
        /** PersonList */
        PersonList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Person"][];
        };
        PersonPick: {
            person: components["schemas"]["Person"];
            reason: components["schemas"]["Reason"];
        };
        /** PersonPickList */
        PersonPickList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["PersonPick"][];
        };
        PickedTag: {
            /** Name */
            name: string;
        };
        /** @description Always one, two and three. */
        Place: {
            coming: components["schemas"]["MediaCard"] | null;
            /**
             * Hung at
             * Format: date-time
             */
            hung_at: string | null;
            media: components["schemas"]["MediaCard"] | null;
            /**
             * Place
             * @enum {string}
             */
            place: "one" | "two" | "three";
        };
        Post: {
            author: components["schemas"]["Person"];
            /** Caption */
            caption: string;
            /** Comments count */
            comments_count: number;
            /**
             * Created at
             * Format: date-time
             */
            created_at: string;
            /**
             * Edited at
             * Format: date-time
             */
            edited_at: string | null;
            /** @description What to link in the caption, in order. */
            entities: components["schemas"]["Entity"][];
            /** Id */
            id: number;
            /** Likes count */
            likes_count: number;
            media: components["schemas"]["MediaCard"][];
            /** @description Usernames. */
            mentions: string[];
            /**
             * Publish at
             * Format: date-time
             * @description Of a draft alone: when it will be published, null without a time.
             */
            publish_at?: string | null;
            /**
             * Publish error
             * @description Of a draft alone: why it was not published at its time, in words.
             */
            publish_error?: string | null;
            /**
             * Published at
             * Format: date-time
             */
            published_at: string | null;
            /** Reactions count */
            reactions_count: number;
            reposted_by: components["schemas"]["Person"] | null;
            /** Reposts count */
            reposts_count: number;
            /**
             * Saves count
             * @description How many; who, is told to nobody.
             */
            saves_count: number;
            /**
             * State
             * @enum {string}
             */
            state: "draft" | "processing" | "published" | "failed";
            tags: string[];
            /**
             * Type
             * @enum {string}
             */
            type: "photo" | "video" | "reel";
            viewer: components["schemas"]["ViewerOfPost"];
            /**
             * Visibility
             * @enum {string}
             */
            visibility: "public" | "followers" | "private";
        };
        PostChange: {
            /** @description What the pictures show, in their order. */
            alt_texts?: string[];
            /** Caption */
            caption: string;
            /** @description Ids of all its pictures in their order: those that it has, and others that you have uploaded. Those that are not named are deleted. */
            media?: number[];
            /**
             * Publish at
             * Format: date-time
             * @description With its offset from UTC, and to come: the clock publishes the draft then.
             */
            publish_at?: string | null;
            /** @description With or without `#`, in any script; each is kept once. */
            tags?: string[];
            /**
             * Visibility
             * @enum {string}
             */
            visibility?: "public" | "followers" | "private";
        };
        PostEdit: {
            alt_texts: string[];
            /** Caption */
            caption: string;
            /**
             * Replaced at
             * Format: date-time
             */
            replaced_at: string;
            tags: string[];
            /**
             * Visibility
             * @enum {string}
             */
            visibility: "public" | "followers" | "private";
        };
        /** PostEditList */
        PostEditList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["PostEdit"][];
        };
        /** PostList */
        PostList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Post"][];
        };
        PostPick: {
            post: components["schemas"]["Post"];
            reason: components["schemas"]["Reason"];
        };
        /** PostPickList */
        PostPickList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["PostPick"][];
        };
        Profile: {
            /**
             * Avatar processing
             * @description A new picture was sent and is being prepared.
             */
            avatar_processing?: boolean;
            /**
             * Avatar url
             * Format: uri
             */
            avatar_url: string | null;
            /** Bio */
            bio: string;
            /**
             * Email
             * Format: email
             * @description None for who registered without one.
             */
            email?: string | null;
            /** Email verified */
            email_verified?: boolean;
            /** Followers count */
            followers_count: number;
            /** Following count */
            following_count: number;
            /** Id */
            id: number;
            /** Is private */
            is_private: boolean;
            /**
             * Joined at
             * Format: date-time
             */
            joined_at: string;
            /** Name */
            name: string;
            /**
             * Posts count
             * @description Posts that you may see.
             */
            posts_count: number;
            /**
             * Shows followed tags
             * @description Posts with tags that you follow stand in your timeline.
             */
            shows_followed_tags?: boolean;
            /** Username */
            username: string;
            viewer: components["schemas"]["ViewerOfPerson"];
            /** Website */
            website: string;
        };
        Reaction: {
            /**
             * Created at
             * Format: date-time
             */
            created_at: string;
            /** Emoji */
            emoji: string;
            person: components["schemas"]["Person"];
        };
        /** ReactionList */
        ReactionList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Reaction"][];
        };
        ReactionSummary: {
            counts: components["schemas"]["EmojiCount"][];
        };
        /**
         * @example {
         *       "emoji": "🌅"
         *     }
         */
        ReactionWrite: {
            /**
             * Emoji
             * @description One emoji, as it is.
             */
            emoji: string;
        };
        Reason: {
            /**
             * Code
             * @enum {string}
             */
            code: "followed_by" | "popular" | "reacted_by" | "suggested" | "tag_engaged" | "tag_followed" | "trending" | "used_by" | "you_reacted";
            /**
             * Tag
             * @description The tag that is the reason.
             */
            tag: string | null;
            /**
             * Text
             * @description A sentence in English.
             */
            text: string;
            /** @description Those you follow who are the reason. */
            usernames: string[];
        };
        /**
         * @example {
         *       "refresh": "eyJhbGciOi…"
         *     }
         */
        RefreshWrite: {
            /**
             * Refresh
             * @description May be missing where a cookie is sent.
             */
            refresh?: string;
        };
        /**
         * @example {
         *       "email": "ada@example.org",
         *       "password": "poetical science",
         *       "username": "ada"
         *     }
         */
        RegistrationWrite: {
            /**
             * Email
             * Format: email
             */
            email?: string;
            /**
             * Password
             * @description At least 8 characters.
             */
            password: string;
            /**
             * Ticket
             * @description From `POST /users/register/verify`.
             */
            ticket?: string;
            /**
             * Username
             * @description 2 to 30 letters, digits, `_`, `.`, `-`; unique in any case.
             */
            username: string;
        };
        ResetConfirmWrite: {
            /** Password */
            password: string;
            /**
             * Token
             * @description From the letter.
             */
            token: string;
        };
        /**
         * @example {
         *       "email": "ada@example.org"
         *     }
         */
        ResetRequestWrite: {
            /**
             * Email
             * Format: email
             */
            email: string;
        };
        SaveWrite: {
            /**
             * Collection
             * @description One of yours; null takes it out of the one it is in; nothing leaves it there.
             */
            collection?: number | null;
        };
        SearchResult: {
            highlights: components["schemas"]["Highlights"];
            post?: components["schemas"]["Post"];
            /**
             * Score
             * @description Means something within one answer alone.
             */
            score: number;
            tag?: components["schemas"]["TagFound"];
            /**
             * Type
             * @enum {string}
             */
            type: "post" | "user" | "tag";
            user?: components["schemas"]["Person"];
        };
        /** SearchResultList */
        SearchResultList: {
            /** @description How many can be paged through. */
            count: number;
            /** @description Whether the search works with less than it has: results may be fewer, or in poorer order. */
            degraded: boolean;
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["SearchResult"][];
        };
        Segment: {
            /** Hit */
            hit: boolean;
            /** Text */
            text: string;
        };
        Session: {
            /** Address */
            address: string | null;
            /**
             * Created at
             * Format: date-time
             */
            created_at: string;
            /**
             * Current
             * @description The session that asks.
             */
            current: boolean;
            /**
             * Expires at
             * Format: date-time
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             */
            id: string;
            /**
             * Used at
             * Format: date-time
             */
            used_at: string;
            /** User agent */
            user_agent: string;
        };
        /** SessionList */
        SessionList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["Session"][];
        };
        Showcase: {
            /** @description Always one, two and three. */
            places: components["schemas"]["Place"][];
        };
        ShowcaseNews: {
            /**
             * Hung at
             * Format: date-time
             */
            hung_at: string;
            media: components["schemas"]["MediaCard"];
            owner: components["schemas"]["Person"];
            /**
             * Place
             * @enum {string}
             */
            place: "one" | "two" | "three";
        };
        /** ShowcaseNewsList */
        ShowcaseNewsList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["ShowcaseNews"][];
        };
        Suggestion: {
            /**
             * Type
             * @enum {string}
             */
            type: "user" | "tag";
            user?: components["schemas"]["Person"];
            /**
             * Value
             * @description The username, or the name of the tag.
             */
            value: string;
        };
        Suggestions: {
            /** Degraded */
            degraded: boolean;
            results: components["schemas"]["Suggestion"][];
        };
        Tag: {
            /** Is followed */
            is_followed: boolean;
            /**
             * Name
             * @description As it is stored: in lower case, without `#`.
             */
            name: string;
            /**
             * Posts count
             * @description Posts that you may see, of the newest 1000.
             */
            posts_count: number;
        };
        TagFound: {
            /** Name */
            name: string;
        };
        TagPick: {
            reason: components["schemas"]["Reason"];
            tag: components["schemas"]["PickedTag"];
        };
        /** TagPickList */
        TagPickList: {
            /** Format: uri */
            next: string | null;
            /** Format: uri */
            previous: string | null;
            results: components["schemas"]["TagPick"][];
        };
        Three: {
            /** Description */
            description: string;
            /** @description In the order of the places; `""` for an empty one. Each lives for hours. */
            imageUrls: string[];
            /**
             * User
             * @description The username.
             */
            user: string;
        };
        /**
         * @example {
         *       "password": "poetical science",
         *       "user": "ada"
         *     }
         */
        ThreeCredentials: {
            /** Password */
            password: string;
            /** User */
            user: string;
        };
        /**
         * @example {
         *       "description": "Engines and poetry."
         *     }
         */
        ThreeDescription: {
            /** Description */
            description: string;
        };
        ThreeFollowing: {
            following: components["schemas"]["Three"][];
        };
        /**
         * @example {
         *       "user": "ada"
         *     }
         */
        ThreePerson: {
            /** User */
            user: string;
        };
        /**
         * @example {
         *       "password": "poetical science",
         *       "user": "ada"
         *     }
         */
        ThreeRegistration: {
            /** Password */
            password: string;
            /** User */
            user: string;
        };
        TokenPair: {
            /**
             * Access
             * @description For `Authorization: Bearer …`; lives 10 minutes.
             */
            access: string;
            /**
             * Refresh
             * @description For `POST /users/refresh`, once; lives 14 days. Not there when a cookie has it.
             */
            refresh?: string;
        };
        Upload: {
            /**
             * Arrived
             * @description Whether all of it has: it can be completed.
             */
            arrived: boolean;
            /**
             * Error
             * @description Why it was refused.
             */
            error: string | null;
            /**
             * Expires at
             * Format: date-time
             * @description Until when it can be sent and completed.
             */
            expires_at: string;
            /**
             * Fields
             * @description Fields of the form, before its field `file`, which is the last.
             */
            fields: {
                [key: string]: string;
            };
            /** Id */
            id: number;
            media: components["schemas"]["MediaCard"] | null;
            /**
             * Method
             * @description POST a form, or PUT the parts.
             * @enum {string}
             */
            method: "POST" | "PUT";
            /** @description In any order, any of them again; the last one counts. */
            parts: components["schemas"]["UploadPart"][];
            /** Size */
            size: number;
            /** Type */
            type: string;
            /**
             * Url
             * Format: uri
             * @description Where the form goes; null when there are parts, or no more.
             */
            url: string | null;
        };
        /** @description In any order, any of them again; the last one counts. */
        UploadPart: {
            /** Arrived */
            arrived: boolean;
            /**
             * Number
             * @description From 1.
             */
            number: number;
            /**
             * Size
             * @description Bytes, exactly.
             */
            size: number;
            /**
             * Url
             * Format: uri
             * @description PUT the bytes here, and nothing else.
             */
            url: string;
        };
        UploadWrite: {
            /**
             * Parts
             * @description Whether to send it in parts, each of which can be sent again by itself; without it, above 8388608 bytes.
             */
            parts?: boolean;
            /**
             * Size
             * @description Bytes of the file, exactly: nothing shorter or longer is taken.
             */
            size: number;
            /**
             * Type
             * @description As your file system calls it; what the file is, its bytes say.
             * @enum {string}
             */
            type: "image/avif" | "image/gif" | "image/heic" | "image/heif" | "image/jpeg" | "image/png" | "image/webp" | "video/mp4" | "video/quicktime" | "video/webm";
        };
        ViewerOfComment: {
            /**
             * Reaction
             * @description Your emoji.
             */
            reaction: string | null;
        };
        /** @description What you are to this person. */
        ViewerOfPerson: {
            /** Blocks */
            blocks: boolean;
            /** Follows */
            follows: boolean;
            /** Follows me */
            follows_me: boolean;
            /** Mutes */
            mutes: boolean;
            /** Requested */
            requested: boolean;
        };
        /** @description What you have done with it. */
        ViewerOfPost: {
            /**
             * Liked
             * @description Whether it is ❤.
             */
            liked: boolean;
            /**
             * Reaction
             * @description Your emoji.
             */
            reaction: string | null;
            /** Reposted */
            reposted: boolean;
            /** Saved */
            saved: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: {
        PostChange: {
            content: {
                "application/json": components["schemas"]["PostChange"];
            };
        };
        patch_users_username: {
            content: {
                "multipart/form-data": {
                    username?: string;
                    name?: string;
                    bio?: string;
                    website?: string;
                    is_private?: boolean;
                    /** @description Show posts with followed tags in the home timeline. */
                    shows_followed_tags?: boolean;
                    /**
                     * Format: binary
                     * @description A photo; empty takes the present one down.
                     */
                    avatar?: string;
                };
            };
        };
        ThreePerson: {
            content: {
                "application/json": components["schemas"]["ThreePerson"];
            };
        };
        CommentChange: {
            content: {
                "application/json": components["schemas"]["CommentChange"];
            };
        };
        ReactionWrite: {
            content: {
                "application/json": components["schemas"]["ReactionWrite"];
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_api_authenticated: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether the token is good. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        authenticated: boolean;
                    };
                };
            };
        };
    };
    post_api_description: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThreeDescription"];
            };
        };
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        updated: boolean;
                    };
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_api_follow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ThreePerson"];
        responses: {
            /** @description You do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        followed: boolean;
                    };
                };
            };
            /** @description You have asked to: the account is private. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        followed: boolean;
                        reasonForFailure: string;
                        requested: boolean;
                    };
                };
            };
            /** @description Yourself, or nobody was named. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description You block them. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody of that name whom you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_api_following: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreeFollowing"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_api_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThreeCredentials"];
            };
        };
        responses: {
            /** @description For `Authorization: Bearer …`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accessToken: string;
                    };
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Unknown name or wrong password: alike. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_api_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description You. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Three"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_api_register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ThreeRegistration"];
            };
        };
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        registered: boolean;
                    };
                };
            };
            /** @description The name is taken, or a field wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody may register. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_api_search: {
        parameters: {
            query: {
                /** @description A username or a part of it; every character stands for itself. */
                user: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Usernames, the likeliest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        results: string[];
                    };
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_api_unfollow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ThreePerson"];
        responses: {
            /** @description You do not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        unfollowed: boolean;
                    };
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody of that name whom you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_api_upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    File: string;
                    /** @enum {string} */
                    Pos?: "one" | "two" | "three";
                    /**
                     * @description The same as `Pos`.
                     * @enum {string}
                     */
                    pos?: "one" | "two" | "three";
                };
            };
        };
        responses: {
            /** @description It hangs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        uploaded: boolean;
                    };
                };
            };
            /** @description It was taken, and hangs as soon as it is prepared. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        reasonForFailure: string;
                        uploaded: boolean;
                    };
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing was kept. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_explore: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostPickList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cursor is of recommendations that are not kept any more. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_explore_people: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonPickList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cursor is of recommendations that are not kept any more. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_explore_tags: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagPickList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The cursor is of recommendations that are not kept any more. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_instance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceDetail"];
                };
            };
        };
    };
    post_media_uploads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadWrite"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many are open. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing was lost: try again when `Retry-After` says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_media_uploads_upload_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the upload. */
                upload_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Its time is over. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing was lost: try again when `Retry-After` says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_media_uploads_upload_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the upload. */
                upload_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Given up. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something shows it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_media_uploads_upload_id_complete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the upload. */
                upload_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaCard"];
                };
            };
            /** @description Its bytes are gone. Or `empty_file`, `damaged_photo`, `photo_too_large`, `too_many_pixels`, `too_much_memory`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Send the rest. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Its time is over. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing was lost: try again when `Retry-After` says. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts: {
        parameters: {
            query?: {
                /** @description In any spelling, with or without `#`. */
                tag?: string;
                /** @description What kind of post. */
                type?: "photo" | "video" | "reel";
                /** @description How far it got. */
                state?: "draft" | "processing" | "published" | "failed";
                /** @description Who may see it. */
                visibility?: "public" | "followers" | "private";
                /** @description Published on this day (UTC) or later. */
                from?: string;
                /** @description Published on this day (UTC) or before. */
                to?: string;
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Posts, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts: {
        parameters: {
            query?: {
                /** @description Answer when the pictures are ready, or after so many seconds, at most 20. */
                wait?: number;
            };
            header?: {
                /** @description Any text of your own: the same key gives the same answer, once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /** @description Repeat the field; JPEG, PNG, WebP, GIF, HEIC or AVIF, up to 20 MiB each, and videos, MP4, MOV or WebM, of which larger ones are sent straight to the store. */
                    images?: string[];
                    /** @description Instead of images: ids of pictures that you have uploaded, each once. */
                    media?: number[];
                    /**
                     * @description `reel` for one video that is to be one; else it is that of the first picture.
                     * @enum {string}
                     */
                    type?: "photo" | "video" | "reel";
                    /**
                     * @description What the pictures show, in their order.
                     * @default []
                     */
                    alt_texts?: string[];
                    /** @default  */
                    caption?: string;
                    /**
                     * @description With or without `#`, in any script; each is kept once.
                     * @default []
                     */
                    tags?: string[];
                    /**
                     * @default public
                     * @enum {string}
                     */
                    visibility?: "public" | "followers" | "private";
                    /** @description Keep it for its author alone; pictures may come later. */
                    draft?: boolean;
                    /**
                     * Format: date-time
                     * @description With its offset from UTC, and to come: the clock publishes the draft then.
                     */
                    publish_at?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key was used for something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing was kept. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_collections: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In your order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CollectionList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_collections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectionWrite"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description As many as there may be. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_collections_collection_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the collection. */
                collection_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_posts_collections_collection_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the collection. */
                collection_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patch_posts_collections_collection_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the collection. */
                collection_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CollectionChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Collection"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_drafts: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_mentioned: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest mention first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_reacted: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Posts, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_saved: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
                /** @description Only what is in it. */
                collection?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Posts, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_timeline: {
        parameters: {
            query?: {
                /** @description In any spelling, with or without `#`. */
                tag?: string;
                /** @description What kind of post. */
                type?: "photo" | "video" | "reel";
                /** @description Username of the author. */
                author?: string;
                /** @description Published on this day (UTC) or later. */
                from?: string;
                /** @description Published on this day (UTC) or before. */
                to?: string;
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Posts, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_user_user_id: {
        parameters: {
            query?: {
                /** @description In any spelling, with or without `#`. */
                tag?: string;
                /** @description What kind of post. */
                type?: "photo" | "video" | "reel";
                /** @description Username of the author. */
                author?: string;
                /** @description Published on this day (UTC) or later. */
                from?: string;
                /** @description Published on this day (UTC) or before. */
                to?: string;
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id of the user. */
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Posts, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_post_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    put_posts_post_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["PostChange"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is no draft any more. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_posts_post_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patch_posts_post_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["PostChange"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is no draft any more. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_post_id_comments: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description Which come first; those with the most reactions among them the newest. */
                sort?: "oldest" | "newest" | "reactions";
            };
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One level of the thread. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_post_id_comments: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own: the same key gives the same answer, once. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    text: string;
                    /** @description The comment that it answers, if any. */
                    parent_id?: number;
                    /**
                     * Format: binary
                     * @description A picture; JPEG, PNG, WebP, GIF, HEIC or AVIF, up to 20 MiB.
                     */
                    image?: string;
                    /**
                     * @description What the picture shows.
                     * @default
                     */
                    alt_text?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The key was used for something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing was kept. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_post_id_comments_comment_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    put_posts_post_id_comments_comment_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CommentChange"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_posts_post_id_comments_comment_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patch_posts_post_id_comments_comment_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CommentChange"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_post_id_comments_comment_id_reactions: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
                /** @description Only those of this emoji. */
                emoji?: string;
            };
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentReactionList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_post_id_comments_comment_id_reactions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ReactionWrite"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own, before it is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_posts_post_id_comments_comment_id_reactions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own, before it is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_post_id_comments_comment_id_reactions_summary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReactionSummary"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_post_id_comments_comment_id_replies: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description Which come first; those with the most reactions among them the newest. */
                sort?: "oldest" | "newest" | "reactions";
            };
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the comment. */
                comment_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One level of the thread. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_post_id_edits: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostEditList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_post_id_like: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own, before it is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_posts_post_id_like: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own, before it is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_post_id_media: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description Repeat the field; JPEG, PNG, WebP, GIF, HEIC or AVIF, up to 20 MiB each. */
                    images: string[];
                    /**
                     * @description What the pictures show, in their order.
                     * @default []
                     */
                    alt_texts?: string[];
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is no draft any more. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing was kept. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_posts_post_id_media_media_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the media. */
                media_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is scheduled, or no draft. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patch_posts_post_id_media_media_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
                /** @description The id of the media. */
                media_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AltTextWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is no draft any more. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_post_id_publish: {
        parameters: {
            query?: {
                /** @description Answer when the pictures are ready, or after so many seconds, at most 20. */
                wait?: number;
            };
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Its pictures are missing or failed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_post_id_reactions: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
                /** @description Only those of this emoji. */
                emoji?: string;
            };
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReactionList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_post_id_reactions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ReactionWrite"];
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own, before it is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_posts_post_id_reactions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own, before it is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_posts_post_id_reactions_summary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReactionSummary"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_post_id_repost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not for everybody. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own. Or `not_published`. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_posts_post_id_repost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own, before it is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_post_id_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_posts_post_id_save: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveWrite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own, before it is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_posts_post_id_save: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the post. */
                post_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Post"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Your own, before it is published. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_search_autocomplete: {
        parameters: {
            query: {
                /** @description What is typed so far. `#` asks for tags alone, `@` for people. */
                query: string;
                /** @description How many. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People and tags. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Suggestions"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No engine answers. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_search_query: {
        parameters: {
            query?: {
                /** @description What to look for; needed unless there is a filter. */
                query?: string;
                /** @description How many. */
                limit?: number;
                /** @description How many to leave out before. */
                offset?: number;
                /** @description One of these. */
                type?: ("post" | "user" | "tag")[];
                /** @description Posts of the one with this username; `me` is you. */
                author?: string;
                /** @description With this tag, in any spelling; may be repeated. */
                tag?: string;
                /** @description Published on this day (UTC) or at this time, or later. */
                from?: string;
                /** @description Published on this day (UTC) or at this time, or before. */
                to?: string;
                /** @description Posts that have all of these. */
                has?: ("alt" | "album" | "caption" | "tag")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Results, the best first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResultList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No engine answers. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_showcase_feed: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShowcaseNewsList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_tags_followed: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowedTagList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_tags_name: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name, in upper or lower case. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_tags_name_follow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name, in upper or lower case. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description You follow as many as can be. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_tags_name_follow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name, in upper or lower case. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_tags_name_posts: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description `recent`, if nothing is said, or `top`. */
                sort?: "recent" | "top";
            };
            header?: never;
            path: {
                /** @description The name, in upper or lower case. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Posts, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person's page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_activate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailTokenWrite"];
            };
        };
        responses: {
            /** @description It is. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        activated: boolean;
                    };
                };
            };
            /** @description The token was used, is too old or is not ours; or the password is too weak. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_block_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the two of you are to each other now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewerOfPerson"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_users_block_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the two of you are to each other now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewerOfPerson"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_blocks: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, the latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_email_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailChangeWrite"];
            };
        };
        responses: {
            /** @description The same whether anybody has the address or not. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                    };
                };
            };
            /** @description The present password is wrong, or the new one too weak. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_follow_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the two of you are to each other now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewerOfPerson"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_users_follow_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the two of you are to each other now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewerOfPerson"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_users_follower_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the two of you are to each other now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewerOfPerson"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginWrite"];
            };
        };
        responses: {
            /** @description Tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Unknown name, wrong password or closed account: all alike. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogoutWrite"];
            };
        };
        responses: {
            /** @description Signed out. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not a token that is good now. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_mute_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MuteWrite"];
            };
        };
        responses: {
            /** @description What the two of you are to each other now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewerOfPerson"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_users_mute_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the two of you are to each other now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewerOfPerson"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_mutes: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, the latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_password_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChangeWrite"];
            };
        };
        responses: {
            /** @description Tokens of a new session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description The present password is wrong, or the new one too weak. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_password_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetRequestWrite"];
            };
        };
        responses: {
            /** @description The same whether anybody has the address or not. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                    };
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_password_reset_confirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetConfirmWrite"];
            };
        };
        responses: {
            /** @description Set. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The token was used, is too old or is not ours; or the password is too weak. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshWrite"];
            };
        };
        responses: {
            /** @description Tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPair"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not a token that is good now. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegistrationWrite"];
            };
        };
        responses: {
            /** @description The new account. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description Name or address are taken, or a field is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody may register. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_register_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeRequestWrite"];
            };
        };
        responses: {
            /** @description The same whether anybody has the address or not. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        detail: string;
                    };
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nobody may register. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_register_verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeWrite"];
            };
        };
        responses: {
            /** @description For `POST /users/register`, once. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ticket: string;
                    };
                };
            };
            /** @description Not the code, or not any more. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_requests: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, the latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    post_users_requests_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the two of you are to each other now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewerOfPerson"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_users_requests_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the two of you are to each other now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ViewerOfPerson"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_sessions: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sessions, the latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_users_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All but this one have ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_users_sessions_session_id: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the session. */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person's page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    put_users_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["patch_users_username"];
        responses: {
            /** @description The person's page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description The name is taken, or a field is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_users_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountDeletionWrite"];
            };
        };
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not your password. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    patch_users_username: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: components["requestBodies"]["patch_users_username"];
        responses: {
            /** @description The person's page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            /** @description The name is taken, or a field is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_username_followers: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, the latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_username_following: {
        parameters: {
            query?: {
                /** @description How many, at most 100. */
                limit?: number;
                /** @description From `next` or `previous`. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People, the latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_username_posts: {
        parameters: {
            query?: {
                /** @description In any spelling, with or without `#`. */
                tag?: string;
                /** @description What kind of post. */
                type?: "photo" | "video" | "reel";
                /** @description Username of the author. */
                author?: string;
                /** @description Published on this day (UTC) or later. */
                from?: string;
                /** @description Published on this day (UTC) or before. */
                to?: string;
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Posts, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_username_reposts: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Posts, the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_username_showcase: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The three places. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Showcase"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    get_users_username_showcase_history: {
        parameters: {
            query?: {
                /** @description From `next` or `previous`. */
                cursor?: string;
                /** @description How many, at most 100. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FormerPictureList"];
                };
            };
            /** @description Something sent cannot be taken. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    put_users_username_showcase_place: {
        parameters: {
            query?: {
                /** @description Answer when the pictures are ready, or after so many seconds, at most 20. */
                wait?: number;
            };
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
                /** @description The place, in upper or lower case. */
                place: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description As the images of a post.
                     */
                    file?: string;
                    /** @description A photo of your own posts, uploads or former pictures: a copy of it hangs. */
                    media_id?: number;
                    /** @description What the picture shows. That of the photo, if not sent with `media_id`. */
                    alt_text?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            /** @description The file is no photo, the id is of none of yours, or there are both or neither. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing was kept. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    delete_users_username_showcase_place: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The username, in upper or lower case. */
                username: string;
                /** @description The place, in upper or lower case. */
                place: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Place"];
                };
            };
            /** @description Not signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not yours to change. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Nothing there that you may see. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too often. See `Retry-After`. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
